using Ledger.Api.Tenancy;
using Ledger.Application.Tenancy;
using Ledger.Domain.Catalog;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Catalog;

internal static class ProductImageEndpoints
{
    public static void MapProductImages(this IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/products").WithTags("Catalog");
        _ = products.MapPost("/{product_id:guid}/images", Upload)
            .Is("uploadProductImage", "Show one more image of a product: a PNG, a JPEG or a WebP. The same again changes nothing.", Who.Admin)
            .Accepts<ImageForm>(OneFile.ContentType).Produces<ProductResponse>()
            .Rejects(ProductRejections.NotFound, ProductRejections.Archived, ProductRejections.ImageNotAnImage, ProductRejections.ImageTooLarge, ProductRejections.TooManyImages);
        _ = products.MapDelete("/{product_id:guid}/images/{hash}", Remove).Is("deleteProductImage", "Show an image of a product no more.", Who.Admin)
            .Produces(204).Rejects(ProductRejections.NotFound, ProductRejections.Archived);
        _ = api.MapGet("/tenants/{tenant_id}/product-images/{hash}", Download).WithTags("Catalog")
            .Is("getProductImage", "An image of a product. What is under a hash never changes.", Who.Public)
            .Produces<byte[]>(200, "image/png", "image/jpeg", "image/webp").Produces(304).Rejects(TenantRejections.NotFound, ProductRejections.ImageNotFound);
    }

    private static async Task<IResult> Upload(
        [FromRoute(Name = "product_id")] Guid productId, HttpContext http, Call call, StateReader states, TenantFiles files, CancellationToken ct)
    {
        var content = await OneFile.Read(http);
        if (content.Length > AddProductImage.BytesMax) throw new ProblemException(Problem.Of(ProductRejections.ImageTooLarge));
        if (ImageHeader.Of(content) is not { } image || image.IsLargerThan(AddProductImage.PixelsMax))
            throw new ProblemException(Problem.Of(ProductRejections.ImageNotAnImage));

        // What will be refused is not kept.
        var command = new AddProductImage(new(productId), new(TenantFiles.HashOf(content), image.ContentType, content.Length));
        if (command.Decide(await states.Of<Product, ProductEvent>(call.Tenant, command.Stream, ct)).Rejection is null)
            _ = await files.Keep(call.Tenant, image.ContentType, content, ct);
        return await call.Run(command, outcome => Answer.Ok(ProductResponse.From((Product.Known)outcome.State, call.Tenant), outcome.Version), ct);
    }

    private static Task<IResult> Remove([FromRoute(Name = "product_id")] Guid productId, string hash, Call call, CancellationToken ct) =>
        call.Run(new RemoveProductImage(new(productId), hash), _ => Answer.NoContent, ct);

    private static async Task<IResult> Download(
        [FromRoute(Name = "tenant_id")] string tenantId, string hash, HttpContext http, TenantPath path, TenantFiles files, CancellationToken ct)
    {
        var tenant = (await path.Public(tenantId, http)).Id;
        return hash.Length == 64 && await files.Find(tenant.ToString(), hash, ct) is { } file
            ? Picture.Of(http, file, hash, isForEver: true)
            : throw new ProblemException(Problem.Of(ProductRejections.ImageNotFound));
    }

    internal sealed record ImageForm(IFormFile File);
}
