using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class LogoEndpoints
{
    public static void MapLogo(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapPost("/{tenant_id}/branding/logo", Upload).Is("uploadLogo", "Take another logo: a PNG, a JPEG or a WebP. The same again changes nothing.", Who.Admin)
            .Accepts<LogoForm>(OneFile.ContentType).Produces<BrandingResponse>()
            .Rejects(TenantRejections.NotFound, TenantRejections.LogoNotAnImage, TenantRejections.LogoTooLarge);
        _ = tenants.MapGet("/{tenant_id}/branding/logo", Download).Is("getLogo", "A tenant's logo; with a hash the one of that hash, which never changes.", Who.Public)
            .Produces<byte[]>(200, "image/png", "image/jpeg", "image/webp").Produces(304).Rejects(TenantRejections.NotFound, TenantRejections.LogoNotFound);
    }

    private static async Task<IResult> Upload(
        [FromRoute(Name = "tenant_id")] string tenantId, HttpContext http, Call call, StateReader states, TenantFiles files, CancellationToken ct)
    {
        var tenant = TenantPath.Resolve(tenantId, call).Id;
        var content = await OneFile.Read(http);
        if (content.Length > UploadTenantLogo.BytesMax) throw new ProblemException(Problem.Of(TenantRejections.LogoTooLarge));
        if (ImageHeader.Of(content) is not { } image || image.IsLargerThan(UploadTenantLogo.PixelsMax))
            throw new ProblemException(Problem.Of(TenantRejections.LogoNotAnImage));

        var now = (Tenant.Known)await states.Of<Tenant, TenantEvent>(call.Tenant, tenant.Stream, ct);
        var hash = await files.Store(call.Tenant, image.ContentType, content, now.Branding.Logo?.Hash, ct);
        return await call.Run(new UploadTenantLogo(tenant, new(hash, image.ContentType, content.Length)), outcome =>
            Answer.Ok(BrandingResponse.From((Tenant.Known)outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> Download(
        [FromRoute(Name = "tenant_id")] string tenantId, HttpContext http, TenantPath path, StateReader states, TenantFiles files, CancellationToken ct)
    {
        var tenant = (await path.Public(tenantId, http)).Id;
        var wanted = Filter.Text(http, "hash");
        var hash = wanted ?? ((Tenant.Known)await states.Of<Tenant, TenantEvent>(tenant.ToString(), tenant.Stream, ct)).Branding.Logo?.Hash;
        if (hash is null || await files.Find(tenant.ToString(), hash, ct) is not { } file) throw new ProblemException(Problem.Of(TenantRejections.LogoNotFound));

        return Picture.Of(http, file, hash, isForEver: wanted is not null);
    }

    internal sealed record LogoForm(IFormFile File);
}
