using System.Text.RegularExpressions;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static partial class BrandingEndpoints
{
    private const int UrlMax = 2000;

    public static void MapBranding(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}/branding", Get)
            .Is("getBranding", "How a tenant looks to its customers; 'current' is the caller's, or that of the host name.", Who.Public)
            .Reads<BrandingResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapPatch("/{tenant_id}/branding", Change).Is("updateBranding", "Change how the tenant looks; what is absent stays.", Who.Admin)
            .Takes<Request>().Produces<BrandingResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "tenant_id")] string tenantId, HttpContext http, TenantPath path, StateReader states, CancellationToken ct)
    {
        var tenant = (await path.Public(tenantId, http)).Id;
        var (state, version) = await states.WithVersion<Tenant, TenantEvent>(tenant.ToString(), tenant.Stream, ct);
        return new AnswerResult(Answer.Ok(BrandingResponse.From((Tenant.Known)state), version));
    }

    private static async Task<IResult> Change([FromRoute(Name = "tenant_id")] string tenantId, Body<Request> body, Call call, CancellationToken ct)
    {
        var (color, css) = body.Value;
        new Check().And(color is null || Color().IsMatch(color), "/primary_color", "not_a_color", "As #1a2b3c.")
            .And(css is null or "" || IsSafe(css), "/css_url", "not_a_url", $"An https address of at most {UrlMax} characters; an empty text for none.").OrRefuse();
        var command = new ChangeTenantBranding(TenantPath.Resolve(tenantId, call).Id, color, css);
        return await call.Run(command, outcome => Answer.Ok(BrandingResponse.From((Tenant.Known)outcome.State), outcome.Version), ct);
    }

    private static bool IsSafe(string url) => url.Length <= UrlMax && !url.Any(char.IsControl)
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttps && parsed.UserInfo.Length == 0;

    /// <param name="CssUrl">An https address; an empty text takes it away.</param>
    internal sealed record Request(string? PrimaryColor = null, string? CssUrl = null);

    [GeneratedRegex(@"^#[0-9A-Fa-f]{6}\z")]
    private static partial Regex Color();
}

/// <param name="LogoUrl">A path at this API; what is there never changes. Absent for none.</param>
public sealed record BrandingResponse(TenantId TenantId, string Name, string? LogoUrl, string? PrimaryColor, Uri? CssUrl)
{
    public static BrandingResponse From(Tenant.Known known) => new(
        known.Id, known.Name, known.Branding.Logo is { } logo ? $"/api/v1/tenants/{known.Id}/branding/logo?hash={logo.Hash}" : null,
        known.Branding.PrimaryColor, known.Branding.CssUrl);
}
