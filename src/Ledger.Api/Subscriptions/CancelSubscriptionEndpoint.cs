using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class CancelSubscriptionEndpoint
{
    public static void MapCancelSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/cancel", Cancel).Is("cancelSubscription", "Stop for good: at once, or when the period already invoiced runs out.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended);

    private static async Task<IResult> Cancel([FromRoute(Name = "subscription_id")] Guid id, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return await call.Change(new CancelSubscription(new(id), body.Value.CancelAtPeriodEnd, body.Value.Reason, call.Today), ct);
    }

    internal sealed record Request(string? Reason = null, bool CancelAtPeriodEnd = false);
}
