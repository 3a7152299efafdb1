using Ledger.Domain.Catalog;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections;
using Ledger.Projections.Catalog;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Catalog;

internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder api)
    {
        var products = api.MapGroup("/products").WithTags("Catalog");
        _ = products.MapPost("/", Create).Is("createProduct", "Put a product into the catalog.", Who.Admin)
            .Takes<ProductRequest>().Produces<ProductResponse>(201).Keyed().Rejects(ProductRejections.ExternalIdTaken, ProductLabelRejections.Unknown);
        _ = products.MapGet("/", List).Is("listProducts", "List products, newest first; by url_name, category_id and tag_id, and for staff by external_id. Without a login, those that are sold.", Who.Public)
            .OpenToVisitors().Lists<ProductResponse>().Rejects(TenantRejections.NotFound);
        _ = products.MapGet("/{product_id:guid}", Get).Is("getProduct", "Read a product.", Who.Public)
            .OpenToVisitors().Reads<ProductResponse>().Rejects(TenantRejections.NotFound, ProductRejections.NotFound);
        _ = products.MapPatch("/{product_id:guid}", Change).Is("updateProduct", "Change a product; what is absent stays.", Who.Admin)
            .Takes<ProductRequest>().Produces<ProductResponse>()
            .Rejects(ProductRejections.NotFound, ProductRejections.Archived, ProductRejections.ExternalIdTaken, ProductLabelRejections.Unknown);
        _ = products.MapDelete("/{product_id:guid}", Archive).Is("deleteProduct", "Take a product out of the catalog.", Who.Admin)
            .Produces(204).Rejects(ProductRejections.NotFound, ProductRejections.InUse);
    }

    private static async Task<IResult> Create(Body<ProductRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: true);
        var id = new ProductId(Guid.CreateVersion7());
        var command = new CreateProduct(id, request.Name!, request.UrlName, request.ShortDescription, request.ExternalId, request.Metadata);
        return await call.Run(new SaveProduct(command, new(id, request.On(ProductShelf.Empty))), outcome =>
        {
            var (state, version) = outcome.Of<Product>(id.Stream);
            return Answer.Created($"/api/v1/products/{id.Value}", ProductResponse.From((Product.Known)state, call.Tenant), version);
        }, ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var tenant = call.ShopTenant;
        var found = await listing.Read<ProductRow>(tenant, "products", page.Wanted,
            [
                ("external_id = {0}", call.IsOfStaff ? Filter.Text(http, "external_id") : null), ("url_name = {0}", Filter.Text(http, "url_name")),
                ("categories @> jsonb_build_array({0}::uuid)", Filter.Id(http, "category_id")),
                ("tags @> jsonb_build_array({0}::uuid)", Filter.Id(http, "tag_id")), ("is_archived = {0}", call.IsOfStaff ? null : false),
            ], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, row => Shown(ProductResponse.From(row), call)), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "product_id")] Guid productId, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<Product, ProductEvent>(call.ShopTenant, new ProductId(productId).Stream, ct) is (Product.Known known, var version)
            && (call.IsOfStaff || !known.IsArchived)
            ? new AnswerResult(Answer.Ok(Shown(ProductResponse.From(known, call.Tenant), call), version))
            : throw new ProblemException(Problem.Of(ProductRejections.NotFound));

    /// <summary>What is the tenant's own is not for customers.</summary>
    private static ProductResponse Shown(ProductResponse product, Call call) => call.IsOfStaff ? product : product with { ExternalId = null, Metadata = null };

    private static async Task<IResult> Change(
        [FromRoute(Name = "product_id")] Guid productId, Body<ProductRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: false);
        return await states.Merge<Product.Known, Product, ProductEvent>(call, new ProductId(productId).Stream, ProductRejections.NotFound, (known, on) =>
        {
            var command = new ChangeProduct(
                known.Id, request.Name ?? known.Name, request.UrlName ?? known.UrlName, request.ShortDescription ?? known.ShortDescription,
                request.ExternalId ?? known.ExternalId, request.Metadata ?? known.Metadata);
            return call.Run(new SaveProduct(command, new(known.Id, request.On(known.Shelf))), outcome =>
            {
                var (state, version) = outcome.Of<Product>(known.Id.Stream);
                return Answer.Ok(ProductResponse.From((Product.Known)state, call.Tenant), version);
            }, ct, on);
        }, ct);
    }

    private static async Task<IResult> Archive(
        [FromRoute(Name = "product_id")] Guid productId, Call call, ProductUse use, ViewProgress views, ProcessSignals signals, CancellationToken ct)
    {
        _ = await views.WaitFor(signals.Head, TimeSpan.FromSeconds(2), ct);
        return await call.Run(new ArchiveProduct(new(productId), await use.IsSubscribed(call.Tenant, productId, ct)), _ => Answer.NoContent, ct);
    }
}
