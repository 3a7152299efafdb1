using System.Text.RegularExpressions;
using Ledger.Domain.Catalog;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections;
using Ledger.Projections.Catalog;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Catalog;

/// <summary>Categories, tags and attributes: each under a path of its own, all in the same way.</summary>
internal static class ProductLabelEndpoints
{
    public static void MapProductLabels(this IEndpointRouteBuilder api)
    {
        api.MapKind(ProductLabelKind.Category, "product-categories", "ProductCategory", "ProductCategories", "category");
        api.MapKind(ProductLabelKind.Tag, "product-tags", "ProductTag", "ProductTags", "tag");
        api.MapKind(ProductLabelKind.Attribute, "product-attributes", "ProductAttribute", "ProductAttributes", "attribute");
    }

    private static void MapKind(this IEndpointRouteBuilder api, ProductLabelKind kind, string path, string one, string many, string word)
    {
        const string id = "/{product_label_id:guid}";
        var labels = api.MapGroup($"/{path}").WithTags("Catalog");
        _ = labels.MapGet("/", (Call call, Page page, Listing listing, CancellationToken ct) => List(kind, call, page, listing, ct))
            .Is($"list{many}", $"List every {word}, newest first.", Who.Public).OpenToVisitors()
            .Lists<ProductLabelResponse>().Rejects(TenantRejections.NotFound);
        _ = labels.MapPost("/", (Body<ProductLabelRequest> body, Call call, CancellationToken ct) => Create(kind, path, body.Value, call, ct))
            .Is($"create{one}", $"Make one more {word}.", Who.Admin)
            .Takes<ProductLabelRequest>().Produces<ProductLabelResponse>(201).Keyed().Rejects(ProductLabelRejections.SlugTaken);
        _ = labels.MapPatch(id, ([FromRoute(Name = "product_label_id")] Guid productLabelId, Body<ProductLabelRequest> body, Call call, StateReader states, CancellationToken ct) =>
                Change(kind, productLabelId, body.Value, call, states, ct))
            .Is($"update{one}", $"Change the {word}; what is absent stays. Products keep it.", Who.Admin)
            .Takes<ProductLabelRequest>().Produces<ProductLabelResponse>().Rejects(ProductLabelRejections.NotFound, ProductLabelRejections.SlugTaken);
        _ = labels.MapDelete(id, ([FromRoute(Name = "product_label_id")] Guid productLabelId, Call call, ProductUse use, ViewProgress views, ProcessSignals signals, CancellationToken ct) =>
                Delete(kind, productLabelId, call, use, views, signals, ct))
            .Is($"delete{one}", $"Do away with the {word}, once no product that is sold has it.", Who.Admin)
            .Produces(204).Rejects(ProductLabelRejections.NotFound, ProductLabelRejections.InUse);
    }

    private static async Task<IResult> List(ProductLabelKind kind, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<ProductLabelRow>(
            call.ShopTenant, "product_labels", page.Wanted, [("kind = {0}", EventStore.Events.EventTypes.SnakeCase(kind.ToString()))], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, ProductLabelResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Create(ProductLabelKind kind, string path, ProductLabelRequest request, Call call, CancellationToken ct)
    {
        request.OrRefuse(isNew: true);
        var command = new CreateProductLabel(new(Guid.CreateVersion7()), kind, request.Name!, request.Slug!);
        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/{path}/{command.Id.Value}", ProductLabelResponse.From((ProductLabel.Known)outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> Change(ProductLabelKind kind, Guid id, ProductLabelRequest request, Call call, StateReader states, CancellationToken ct)
    {
        request.OrRefuse(isNew: false);
        return await states.Merge<ProductLabel.Known, ProductLabel, ProductLabelEvent>(
            call, new ProductLabelId(id).Stream, ProductLabelRejections.NotFound, (known, on) => call.Run(
                new ChangeProductLabel(known.Id, kind, request.Name ?? known.Name, request.Slug ?? known.Slug),
                outcome => Answer.Ok(ProductLabelResponse.From((ProductLabel.Known)outcome.State), outcome.Version), ct, on), ct);
    }

    private static async Task<IResult> Delete(
        ProductLabelKind kind, Guid id, Call call, ProductUse use, ViewProgress views, ProcessSignals signals, CancellationToken ct)
    {
        _ = await views.WaitFor(signals.Head, TimeSpan.FromSeconds(2), ct);
        return await call.Run(new DeleteProductLabel(new(id), kind, await use.HasLabel(call.Tenant, id, ct)), _ => Answer.NoContent, ct);
    }
}

/// <summary>What a request may say of a category, a tag or an attribute. What is absent stays as it is.</summary>
/// <param name="Slug">Its name in addresses: lower-case letters, digits and hyphens.</param>
public sealed partial record ProductLabelRequest(string? Name = null, string? Slug = null)
{
    public void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Name is not null, "/name", "required", "It has a name.").Text(Name, "/name", 200)
        .And(!isNew || Slug is not null, "/slug", "required", "It has a slug.")
        .And(Slug is null || Good().IsMatch(Slug), "/slug", "not_a_slug", "From 1 to 100 lower-case letters, digits, and hyphens between them.").OrRefuse();

    [GeneratedRegex(@"^(?=.{1,100}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Good();
}

/// <summary>A category, a tag or an attribute on the wire.</summary>
public sealed record ProductLabelResponse(ProductLabelId Id, string Name, string Slug)
{
    public static ProductLabelResponse From(ProductLabel.Known known) => new(known.Id, known.Name, known.Slug);

    public static ProductLabelResponse From(ProductLabelRow row) => new(new(row.Id), row.Name, row.Slug);
}
