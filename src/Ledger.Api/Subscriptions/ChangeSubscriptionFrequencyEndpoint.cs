using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class ChangeSubscriptionFrequencyEndpoint
{
    public static void MapChangeSubscriptionFrequency(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPut("/{subscription_id:guid}/frequency", Change)
        .Is("changeSubscriptionFrequency", "Bill in another rhythm, from the end of what is invoiced, or from today on and prorated.", Who.CustomerOwn)
        .Takes<Request>().Produces<SubscriptionResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.Ended, SubscriptionRejections.NotActive,
            SubscriptionRejections.FrequencyNotOffered, PaymentRejections.Pending);

    private static async Task<IResult> Change([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CancellationToken ct) =>
        await call.Change(new(subscriptionId), SubscriptionChanges.Plan(call, new(subscriptionId), items: null, body.Value.Frequency, body.Value.When), ct);

    internal sealed record Request(Frequency Frequency, ChangeTime When = ChangeTime.PeriodEnd);
}
