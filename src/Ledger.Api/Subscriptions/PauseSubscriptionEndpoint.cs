using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class PauseSubscriptionEndpoint
{
    public static void MapPauseSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/pause", Pause).Is("pauseSubscription", "Stop billing until it is resumed; and credit the days that are left, where that is wished.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NotActive);

    private static async Task<IResult> Pause([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return await call.Change(new(subscriptionId), SubscriptionChanges.Pause(call, new(subscriptionId), body.Value.Reason, body.Value.CreditUnused), ct);
    }

    /// <param name="CreditUnused">Whether the days that are left of what is invoiced go to the customer's balance.</param>
    internal sealed record Request(string? Reason = null, bool CreditUnused = false);
}
