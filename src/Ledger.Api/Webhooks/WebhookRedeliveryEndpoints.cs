using Ledger.Application.Webhooks;
using Ledger.Domain.Webhooks;
using Ledger.EventStore.Feed;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Webhooks;

internal static class WebhookRedeliveryEndpoints
{
    public static void MapWebhookRedeliveries(this IEndpointRouteBuilder endpoints)
    {
        _ = endpoints.MapPost("/{webhook_endpoint_id:guid}/pings", Ping).Is("pingWebhookEndpoint", "Send something of which nothing has happened, to see whether the endpoint is there.", Who.Admin)
            .AtMost(60, alsoKeys: true).Produces<StartedResponse>(202).Rejects(WebhookRejections.NotFound, WebhookRejections.NotActive);
        _ = endpoints.MapPost("/{webhook_endpoint_id:guid}/deliveries/{webhook_delivery_id:guid}/redeliver", One)
            .Is("redeliverWebhook", "Deliver again, whether it arrived or was given up, under the same id and number.", Who.Admin)
            .Produces<StartedResponse>(202).Rejects(WebhookRejections.NotFound, WebhookRejections.DeliveryNotFound, WebhookRejections.NotActive);
        _ = endpoints.MapPost("/{webhook_endpoint_id:guid}/redeliveries", Range)
            .Is("redeliverWebhooks", "Deliver again all that happened from a position or an instant on, up to now or to a position. What is kept no more is taken from the log.", Who.Admin)
            .AtMost(60, alsoKeys: true).Takes<RangeRequest>().Produces<RangeResponse>(202).Rejects(WebhookRejections.NotFound, WebhookRejections.NotActive);
    }

    private static async Task<IResult> Ping([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Call call, StateReader states, WebhookReplays replays, CancellationToken ct)
    {
        var endpoint = await Active(webhookEndpointId, call, states, ct);
        var delivery = await replays.Ping(call.Tenant, endpoint, Guid.CreateVersion7(), call.Now, ct);
        return TypedResults.Json(new StartedResponse(delivery), LedgerJson.Options, statusCode: 202);
    }

    private static async Task<IResult> One(
        [FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, [FromRoute(Name = "webhook_delivery_id")] Guid webhookDeliveryId, Call call, StateReader states, WebhookLog log,
        WebhookReplays replays, CancellationToken ct)
    {
        _ = await Active(webhookEndpointId, call, states, ct);
        await replays.Again(call.Tenant, webhookEndpointId, await WebhookDeliveryEndpoints.Delivery(call, log, webhookEndpointId, webhookDeliveryId, ct), ct);
        return TypedResults.Json(new StartedResponse(webhookDeliveryId), LedgerJson.Options, statusCode: 202);
    }

    private static async Task<IResult> Range(
        [FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Body<RangeRequest> body, Call call, StateReader states, WebhookLog log, WebhookReplays replays, EventFeed feed,
        CancellationToken ct)
    {
        var (from, to, since) = body.Value;
        new Check().And((from is null) != (since is null), "/from_position", "either_or", "Either a position or an instant to begin at.")
            .And(from is null or >= 0, "/from_position", "out_of_range", "From 0.")
            .And(to is null || to >= (from ?? 0), "/to_position", "before_start", "Not before the start.").OrRefuse();
        _ = await Active(webhookEndpointId, call, states, ct);
        var head = await feed.Head(ct);
        var after = from is { } position ? Math.Max(0, position - 1) : await log.PositionBefore(since!.Value, ct);
        var until = Math.Min(to ?? head, head);
        await replays.Request(call.Tenant, Guid.CreateVersion7(), webhookEndpointId, after, until, ct);
        return TypedResults.Json(new RangeResponse(after + 1, until), LedgerJson.Options, statusCode: 202);
    }

    private static async Task<WebhookEndpoint.Known> Active(Guid id, Call call, StateReader states, CancellationToken ct) =>
        await WebhookDeliveryEndpoints.Known(id, call, states, ct) is { Status: WebhookEndpointStatus.Active } known
            ? known
            : throw new ProblemException(Problem.Of(WebhookRejections.NotActive));

    /// <param name="FromPosition">The first event that is told again.</param>
    /// <param name="ToPosition">The last; absent for the newest.</param>
    /// <param name="Since">When the first was recorded, by the machine's clock; in place of a position.</param>
    internal sealed record RangeRequest(long? FromPosition = null, long? ToPosition = null, Instant? Since = null);

    /// <param name="DeliveryId">To be looked at among the endpoint's deliveries.</param>
    internal sealed record StartedResponse(Guid DeliveryId);

    internal sealed record RangeResponse(long FromPosition, long ToPosition);
}
