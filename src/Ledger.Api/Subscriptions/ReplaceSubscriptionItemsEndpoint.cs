using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ReplaceSubscriptionItemsEndpoint
{
    public static void MapReplaceSubscriptionItems(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPut("/{subscription_id:guid}/items", Replace)
        .Is("replaceSubscriptionItems", "Say what is subscribed to, from the next invoice on, or from today on and prorated.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NoItems, SubscriptionRejections.Ended, SubscriptionRejections.MixedFrequencies,
            SubscriptionRejections.NotActive, SubscriptionRejections.FrequencyNotOffered, PaymentRejections.Pending);

    private static async Task<IResult> Replace(
        [FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, StateReader states, CancellationToken ct)
    {
        var (items, when) = (body.Value.Items, body.Value.When);
        ItemRequest.CheckAll(new Check(), items).OrRefuse();
        if (items.Any(item => item.Frequency is not null))
            ItemRequest.RefuseMixedFrequencies(items, (await states.Find(call, subscriptionId, ct)).Subscription.Frequency);
        return await call.Change(new(subscriptionId), SubscriptionChanges.Plan(call, new(subscriptionId), items, frequency: null, when), ct);
    }

    internal sealed record Request(IReadOnlyList<ItemRequest> Items, ChangeTime When = ChangeTime.PeriodEnd);
}
