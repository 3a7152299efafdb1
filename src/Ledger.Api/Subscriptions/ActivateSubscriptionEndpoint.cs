using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ActivateSubscriptionEndpoint
{
    public static void MapActivateSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/activate", Activate).Is("activateSubscription", "Let a pending subscription begin, now that it can be paid.", Who.Staff)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NoItems, SubscriptionRejections.Ended);

    private static async Task<IResult> Activate([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> _, Call call, CancellationToken ct) =>
        await call.Change(new(subscriptionId), new ActivateSubscription(new(subscriptionId), call.Today), ct);

    internal sealed record Request;
}
