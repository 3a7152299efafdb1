using Ledger.Application.Webhooks;
using Ledger.Domain.PublicEvents;
using Ledger.Domain.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Webhooks;

internal static class WebhookDeliveryEndpoints
{
    public static void MapWebhookDeliveries(this IEndpointRouteBuilder endpoints)
    {
        _ = endpoints.MapGet("/{webhook_endpoint_id:guid}/deliveries", List).Is("listWebhookDeliveries", "What an endpoint was told and how it went, newest first; by status and type.", Who.Admin)
            .Lists<WebhookDeliveryResponse>().Rejects(WebhookRejections.NotFound);
        _ = endpoints.MapGet("/{webhook_endpoint_id:guid}/deliveries/{webhook_delivery_id:guid}", Get).Is("getWebhookDelivery", "A delivery, with its body and every attempt.", Who.Admin)
            .Produces<WebhookDeliveryDetails>().Rejects(WebhookRejections.NotFound, WebhookRejections.DeliveryNotFound);
        _ = endpoints.MapGet("/{webhook_endpoint_id:guid}/gaps", Gaps).Is("listWebhookGaps", "What an endpoint lacks until it is asked for again: deliveries that were given up, newest first.", Who.Admin)
            .Lists<WebhookDeliveryResponse>().Rejects(WebhookRejections.NotFound);
    }

    private static async Task<IResult> List(
        [FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, HttpContext http, Call call, Page page, StateReader states, WebhookLog log, CancellationToken ct)
    {
        var type = Filter.Text(http, "type");
        Check.That(type is null or "ping" || PublicNames.Has(type), "type", "unknown_value", "A public name.").OrRefuse();
        DeliveryStatus? status = Filter.Word<DeliveryStatus>(http, "status") is { } word
            ? Enum.GetValues<DeliveryStatus>().Single(one => EventStore.Events.EventTypes.SnakeCase(one.ToString()) == word) : null;
        _ = await Known(webhookEndpointId, call, states, ct);
        return TypedResults.Json(page.Answer(await log.Deliveries(call.Tenant, webhookEndpointId, status, type, page.Wanted, ct), WebhookDeliveryResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get(
        [FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, [FromRoute(Name = "webhook_delivery_id")] Guid webhookDeliveryId, Call call, StateReader states, WebhookLog log, CancellationToken ct)
    {
        _ = await Known(webhookEndpointId, call, states, ct);
        var one = await Delivery(call, log, webhookEndpointId, webhookDeliveryId, ct);
        var attempts = await log.Attempts(call.Tenant, webhookDeliveryId, ct);
        return TypedResults.Json(new WebhookDeliveryDetails(WebhookDeliveryResponse.From(one), await log.BodyOf(call.Tenant, webhookDeliveryId, ct), attempts), LedgerJson.Options);
    }

    private static async Task<IResult> Gaps([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Call call, Page page, StateReader states, WebhookLog log, CancellationToken ct)
    {
        _ = await Known(webhookEndpointId, call, states, ct);
        return TypedResults.Json(page.Answer(await log.Gaps(call.Tenant, webhookEndpointId, page.Wanted, ct), WebhookDeliveryResponse.From), LedgerJson.Options);
    }

    /// <exception cref="ProblemException">The tenant has no such endpoint.</exception>
    internal static async Task<WebhookEndpoint.Known> Known(Guid id, Call call, StateReader states, CancellationToken ct) =>
        await states.Of<WebhookEndpoint, WebhookEndpointEvent>(call.Tenant, new WebhookEndpointId(id).Stream, ct) is WebhookEndpoint.Known { IsRemoved: false } known
            ? known
            : throw new ProblemException(Problem.Of(WebhookRejections.NotFound));

    /// <exception cref="ProblemException">The endpoint has no such delivery.</exception>
    internal static async Task<DeliveryLine> Delivery(Call call, WebhookLog log, Guid endpoint, Guid id, CancellationToken ct) =>
        await log.Find(call.Tenant, endpoint, id, ct) ?? throw new ProblemException(Problem.Of(WebhookRejections.DeliveryNotFound));
}

/// <summary>A delivery on the wire.</summary>
/// <param name="EventId">The <c>webhook-id</c>.</param>
/// <param name="Sequence">Its place among what the endpoint is told of the subject.</param>
/// <param name="Position">The event's place in the log; absent for a ping.</param>
/// <param name="NextAt">When it is tried again, by the tenant's clock; absent where that is at once, or never.</param>
/// <param name="LastStatus">What was answered last; absent where there was no answer.</param>
/// <param name="LastError">Why the last attempt failed; absent where it did not.</param>
public sealed record WebhookDeliveryResponse(
    Guid Id, Guid EventId, string Type, Guid SubjectId, long Sequence, long? Position, Instant OccurredAt, DeliveryStatus Status, int Attempts, Instant? NextAt,
    int? LastStatus, string? LastError)
{
    internal static WebhookDeliveryResponse From(DeliveryLine one) => new(
        one.Id, one.EventId, one.Type, one.SubjectId, one.Sequence, one.Position, one.OccurredAt, one.Status, one.Attempts, one.NextAt, one.LastStatus, one.LastError);
}

/// <param name="Body">As it is sent.</param>
public sealed record WebhookDeliveryDetails(WebhookDeliveryResponse Delivery, string Body, IReadOnlyList<AttemptLine> Attempts);
