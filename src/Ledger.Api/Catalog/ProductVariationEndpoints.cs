using Ledger.Domain.Catalog;
using Ledger.Projections;
using Ledger.Projections.Catalog;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Catalog;

internal static class ProductVariationEndpoints
{
    public static void MapProductVariations(this IEndpointRouteBuilder api)
    {
        var variations = api.MapGroup("/product-variations").WithTags("Catalog");
        _ = variations.MapPost("/", Create).Is("createProductVariation", "Put a variation of a product into the catalog, with its price.", Who.Admin)
            .Takes<ProductVariationRequest>().Produces<ProductVariationResponse>(201).Keyed()
            .Rejects(ProductRejections.NotFound, ProductRejections.Archived, ProductVariationRejections.ExternalIdTaken);
        _ = variations.MapGet("/", List).Is("listProductVariations", "List variations, newest first; by product_id or external_id.", Who.Staff)
            .Lists<ProductVariationResponse>();
        _ = variations.MapGet("/{product_variation_id:guid}", Get).Is("getProductVariation", "Read a variation.", Who.Staff)
            .Reads<ProductVariationResponse>().Rejects(ProductVariationRejections.NotFound);
        _ = variations.MapPatch("/{product_variation_id:guid}", Change)
            .Is("updateProductVariation", "Change a variation; what is absent stays. What was invoiced stays in any case.", Who.Admin)
            .Takes<ProductVariationRequest>().Produces<ProductVariationResponse>()
            .Rejects(ProductVariationRejections.NotFound, ProductVariationRejections.Archived, ProductVariationRejections.ExternalIdTaken);
        _ = variations.MapDelete("/{product_variation_id:guid}", Archive)
            .Is("deleteProductVariation", "Sell it no longer. Who subscribes to it keeps it.", Who.Admin)
            .Produces(204).Rejects(ProductVariationRejections.NotFound);
    }

    private static async Task<IResult> Create(Body<ProductVariationRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: true);
        var id = new ProductVariationId(Guid.CreateVersion7());
        var command = new CreateProductVariation(
            id, request.ProductId!.Value, request.Name!, request.AllPrices!, request.TaxRate ?? default, request.Hidden ?? false, request.ExternalId, request.Metadata);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<ProductVariation>(id.Stream);
            return Answer.Created($"/api/v1/product-variations/{id.Value}", ProductVariationResponse.From((ProductVariation.Known)state), version);
        }, ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<ProductVariationRow>(call.Tenant, "product_variations", page.Wanted,
            [("product_id = {0}", Filter.Id(http, "product_id")), ("external_id = {0}", Filter.Text(http, "external_id"))], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, ProductVariationResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "product_variation_id")] Guid id, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<ProductVariation, ProductVariationEvent>(call.Tenant, new ProductVariationId(id).Stream, ct) is (ProductVariation.Known known, var version)
            ? new AnswerResult(Answer.Ok(ProductVariationResponse.From(known), version))
            : throw new ProblemException(Problem.Of(ProductVariationRejections.NotFound));

    private static async Task<IResult> Change(
        [FromRoute(Name = "product_variation_id")] Guid id, Body<ProductVariationRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: false);
        return await states.Merge<ProductVariation.Known, ProductVariation, ProductVariationEvent>(
            call, new ProductVariationId(id).Stream, ProductVariationRejections.NotFound, (known, on) => call.Run(
                new UpdateProductVariation(
                    new(known.Id, request.Name ?? known.Name, request.TaxRate ?? known.TaxRate, request.Hidden ?? known.Hidden,
                        request.ExternalId ?? known.ExternalId, request.Metadata ?? known.Metadata),
                    new(known.Id, request.AllPrices ?? known.Prices)),
                outcome => Answer.Ok(ProductVariationResponse.From((ProductVariation.Known)outcome.State), outcome.Version), ct, on), ct);
    }

    private static Task<IResult> Archive([FromRoute(Name = "product_variation_id")] Guid id, Call call, CancellationToken ct) =>
        call.Run(new ArchiveProductVariation(new(id)), _ => Answer.NoContent, ct);
}
