using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class CancelSubscriptionEndpoint
{
    public static void MapCancelSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/cancel", Cancel).Is("cancelSubscription", "Stop for good: at once, on a day, or when the period already invoiced runs out.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended, SubscriptionRejections.RefundOnlyNow, SubscriptionRejections.DateInPast);

    private static async Task<IResult> Cancel([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return await call.Change(new(subscriptionId), SubscriptionChanges.Cancel(call, new(subscriptionId), body.Value), ct);
    }

    /// <param name="On">The first day without service, to come.</param>
    /// <param name="RefundUnused">Whether what was paid for the days that are left goes back; only at once.</param>
    internal sealed record Request(string? Reason = null, bool CancelAtPeriodEnd = false, LocalDate? On = null, bool RefundUnused = false);
}
