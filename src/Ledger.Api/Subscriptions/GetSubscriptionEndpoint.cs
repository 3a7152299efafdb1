using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class GetSubscriptionEndpoint
{
    public static void MapGetSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapGet("/{subscription_id:guid}", Get).Is("getSubscription", "Read a subscription, as it is now, or as it was at an instant.", Who.CustomerOwn)
        .Reads<SubscriptionResponse>().ReadsEarlier().Rejects(SubscriptionRejections.NotFound);

    private static async Task<IResult> Get(
        [FromRoute(Name = "subscription_id")] Guid subscriptionId, Call call, HttpContext http, StateReader states, AsOf asOf, CancellationToken ct)
    {
        var (state, version) = await http.Read<Subscription, SubscriptionEvent>(call, new SubscriptionId(subscriptionId).Stream, asOf);
        if (state is not Subscription.Known known) throw new ProblemException(Problem.Of(SubscriptionRejections.NotFound));
        var forecast = asOf.IsNow ? await states.Forecast(known, call, ct) : null;
        return new AnswerResult(Answer.Ok(SubscriptionResponse.From(known, forecast), version));
    }
}
