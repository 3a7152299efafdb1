using Ledger.Domain.Catalog;
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
            .Takes<ProductRequest>().Produces<ProductResponse>(201).Keyed().Rejects(ProductRejections.ExternalIdTaken);
        _ = products.MapGet("/", List).Is("listProducts", "List products, newest first; by external_id.", Who.Staff).Lists<ProductResponse>();
        _ = products.MapGet("/{product_id:guid}", Get).Is("getProduct", "Read a product.", Who.Staff).Reads<ProductResponse>().Rejects(ProductRejections.NotFound);
        _ = products.MapPatch("/{product_id:guid}", Change).Is("updateProduct", "Change a product; what is absent stays.", Who.Admin)
            .Takes<ProductRequest>().Produces<ProductResponse>().Rejects(ProductRejections.NotFound, ProductRejections.Archived, ProductRejections.ExternalIdTaken);
        _ = products.MapDelete("/{product_id:guid}", Archive).Is("deleteProduct", "Take a product out of the catalog.", Who.Admin)
            .Produces(204).Rejects(ProductRejections.NotFound, ProductRejections.InUse);
    }

    private static async Task<IResult> Create(Body<ProductRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: true);
        var id = new ProductId(Guid.CreateVersion7());
        var command = new CreateProduct(id, request.Name!, request.UrlName, request.ShortDescription, request.ExternalId, request.Metadata);
        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/products/{id.Value}", ProductResponse.From((Product.Known)outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<ProductRow>(
            call.Tenant, "products", page.Wanted, [("external_id = {0}", Filter.Text(http, "external_id"))], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, ProductResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "product_id")] Guid id, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<Product, ProductEvent>(call.Tenant, new ProductId(id).Stream, ct) is (Product.Known known, var version)
            ? new AnswerResult(Answer.Ok(ProductResponse.From(known), version))
            : throw new ProblemException(Problem.Of(ProductRejections.NotFound));

    private static async Task<IResult> Change(
        [FromRoute(Name = "product_id")] Guid id, Body<ProductRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: false);
        return await states.Merge<Product.Known, Product, ProductEvent>(call, new ProductId(id).Stream, ProductRejections.NotFound, (known, on) => call.Run(
            new ChangeProduct(
                known.Id, request.Name ?? known.Name, request.UrlName ?? known.UrlName, request.ShortDescription ?? known.ShortDescription,
                request.ExternalId ?? known.ExternalId, request.Metadata ?? known.Metadata),
            outcome => Answer.Ok(ProductResponse.From((Product.Known)outcome.State), outcome.Version), ct, on), ct);
    }

    private static async Task<IResult> Archive(
        [FromRoute(Name = "product_id")] Guid id, Call call, ProductUse use, ViewProgress views, ProcessSignals signals, CancellationToken ct)
    {
        _ = await views.WaitFor(signals.Head, TimeSpan.FromSeconds(2), ct);
        return await call.Run(new ArchiveProduct(new(id), await use.IsSubscribed(call.Tenant, id, ct)), _ => Answer.NoContent, ct);
    }
}
