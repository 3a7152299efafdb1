using Ledger.Domain.Catalog;
using Ledger.Domain.Tenancy;
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
        _ = variations.MapGet("/", List).Is("listProductVariations", "List variations, newest first; by product_id, product_name (its url_name), type and hidden, and for staff by external_id. Without a login, those that are sold and shown.", Who.Public)
            .OpenToVisitors().Lists<ProductVariationResponse>().Rejects(TenantRejections.NotFound);
        _ = variations.MapGet("/{product_variation_id:guid}", Get).Is("getProductVariation", "Read a variation.", Who.Public)
            .OpenToVisitors().Reads<ProductVariationResponse>().Rejects(TenantRejections.NotFound, ProductVariationRejections.NotFound);
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
            id, request.ProductId!.Value, request.Name!, request.AllPrices!, request.TaxRate ?? default, request.Hidden ?? false, request.ExternalId, request.Metadata, request.Type);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<ProductVariation>(id.Stream);
            return Answer.Created($"/api/v1/product-variations/{id.Value}", ProductVariationResponse.From((ProductVariation.Known)state), version);
        }, ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var tenant = call.ShopTenant;
        var found = await listing.Read<ProductVariationRow>(tenant, "product_variations", page.Wanted,
            [
                ("product_id = {0}", Filter.Id(http, "product_id")), ("external_id = {0}", call.IsOfStaff ? Filter.Text(http, "external_id") : null),
                ("product_id in (select p.id from views.products p where p.tenant_id = product_variations.tenant_id and p.url_name = {0})", Filter.Text(http, "product_name")),
                ("type = {0}", Filter.Text(http, "type")), ("hidden = {0}", Filter.Flag(http, "hidden")),
                ("not (hidden or is_archived) = {0}", call.IsOfStaff ? null : true),
                ("product_id in (select p.id from views.products p where p.tenant_id = product_variations.tenant_id and p.is_archived = {0})", call.IsOfStaff ? null : false),
            ], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, row => Shown(ProductVariationResponse.From(row), call)), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "product_variation_id")] Guid productVariationId, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<ProductVariation, ProductVariationEvent>(call.ShopTenant, new ProductVariationId(productVariationId).Stream, ct) is (ProductVariation.Known known, var version)
            && (call.IsOfStaff || !(known.Hidden || known.IsArchived))
            ? new AnswerResult(Answer.Ok(Shown(ProductVariationResponse.From(known), call), version))
            : throw new ProblemException(Problem.Of(ProductVariationRejections.NotFound));

    /// <summary>What is the tenant's own is not for customers.</summary>
    private static ProductVariationResponse Shown(ProductVariationResponse variation, Call call) =>
        call.IsOfStaff ? variation : variation with { ExternalId = null, Metadata = null };

    private static async Task<IResult> Change(
        [FromRoute(Name = "product_variation_id")] Guid productVariationId, Body<ProductVariationRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: false);
        return await states.Merge<ProductVariation.Known, ProductVariation, ProductVariationEvent>(
            call, new ProductVariationId(productVariationId).Stream, ProductVariationRejections.NotFound, (known, on) => call.Run(
                new UpdateProductVariation(
                    new(known.Id, request.Name ?? known.Name, request.TaxRate ?? known.TaxRate, request.Hidden ?? known.Hidden,
                        request.ExternalId ?? known.ExternalId, request.Metadata ?? known.Metadata, request.Type ?? known.Type),
                    new(known.Id, request.AllPrices ?? known.Prices)),
                outcome => Answer.Ok(ProductVariationResponse.From((ProductVariation.Known)outcome.State), outcome.Version), ct, on), ct);
    }

    private static Task<IResult> Archive([FromRoute(Name = "product_variation_id")] Guid productVariationId, Call call, CancellationToken ct) =>
        call.Run(new ArchiveProductVariation(new(productVariationId)), _ => Answer.NoContent, ct);
}
