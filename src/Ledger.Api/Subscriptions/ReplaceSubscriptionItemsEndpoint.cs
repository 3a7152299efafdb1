using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ReplaceSubscriptionItemsEndpoint
{
    public static void MapReplaceSubscriptionItems(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPut("/{subscription_id:guid}/items", Replace).Is("replaceSubscriptionItems", "Say what is subscribed to, from the next invoice on.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NoItems, SubscriptionRejections.Ended, SubscriptionRejections.MixedFrequencies);

    private static async Task<IResult> Replace(
        [FromRoute(Name = "subscription_id")] Guid id, Body<Request> body, Call call, StateReader states, CancellationToken ct)
    {
        ItemRequest.CheckAll(new Check(), body.Value.Items).OrRefuse();
        if (body.Value.Items.Any(item => item.Frequency is not null))
            ItemRequest.RefuseMixedFrequencies(body.Value.Items, (await states.Find(call, id, ct)).Subscription.Frequency);
        return await call.Change(
            new(id), new ReplaceSubscriptionItems(new(id), [.. body.Value.Items.Select(item => item.ToWanted())], call.Today), ct);
    }

    internal sealed record Request(IReadOnlyList<ItemRequest> Items);
}
