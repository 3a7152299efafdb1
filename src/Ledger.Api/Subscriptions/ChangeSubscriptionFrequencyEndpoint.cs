using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ChangeSubscriptionFrequencyEndpoint
{
    public static void MapChangeSubscriptionFrequency(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPut("/{subscription_id:guid}/frequency", Change).Is("changeSubscriptionFrequency", "Bill in another rhythm, from the end of what is invoiced.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>().Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended);

    private static async Task<IResult> Change([FromRoute(Name = "subscription_id")] Guid id, Body<Request> body, Call call, CancellationToken ct) =>
        await call.Change(new ChangeSubscriptionFrequency(new(id), body.Value.Frequency), ct);

    internal sealed record Request(Frequency Frequency);
}
