using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ReactivateSubscriptionEndpoint
{
    public static void MapReactivateSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/reactivate", Reactivate)
        .Is("reactivateSubscription", "Take a cancellation back. Within paid days it goes on; else a new period begins today.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended, SubscriptionRejections.Unpaid, PaymentRejections.Pending);

    private static async Task<IResult> Reactivate([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> _, Call call, CancellationToken ct) =>
        await call.Change(new(subscriptionId), SubscriptionChanges.Reactivate(call, new(subscriptionId)), ct);

    internal sealed record Request;
}
