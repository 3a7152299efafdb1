using Ledger.Domain.Amounts;
using Ledger.Domain.Billing;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class SubscriptionPlanEndpoints
{
    public static void MapSubscriptionPlan(this IEndpointRouteBuilder subscriptions)
    {
        _ = subscriptions.MapGet("/{subscription_id:guid}/plan", Get)
            .Is("getSubscriptionPlan", "What is subscribed to, how often, and what a full period costs at the prices of today.", Who.CustomerOwn)
            .Reads<SubscriptionPlanResponse>().Rejects(SubscriptionRejections.NotFound);
        _ = subscriptions.MapPut("/{subscription_id:guid}/plan", Set)
            .Is("setSubscriptionPlan", "Other items in another rhythm, from the next invoice on, or from today on and prorated.", Who.CustomerOwn)
            .Takes<Request>().Produces<SubscriptionPlanResponse>()
            .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NoItems, SubscriptionRejections.Ended, SubscriptionRejections.MixedFrequencies,
                SubscriptionRejections.FrequencyNotOffered, SubscriptionRejections.NotActive, PaymentRejections.Pending);
    }

    private static async Task<IResult> Get([FromRoute(Name = "subscription_id")] Guid subscriptionId, Call call, StateReader states, CancellationToken ct)
    {
        var (known, version) = await states.Find(call, subscriptionId, ct);
        var items = await CurrentPrices.Of(known, new StatesNow(states, call.Tenant, ct));
        return new AnswerResult(Answer.Ok(SubscriptionPlanResponse.Of(known, items), version));
    }

    private static async Task<IResult> Set([FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        ItemRequest.CheckAll(new Check(), request.Items).OrRefuse();
        ItemRequest.RefuseMixedFrequencies(request.Items, request.Frequency);
        return await call.Run(SubscriptionChanges.Plan(call, new(subscriptionId), request.Items, request.Frequency, request.When).Offered(call), outcome =>
        {
            var (state, version) = outcome.Of<Subscription>(new SubscriptionId(subscriptionId).Stream);
            var known = (Subscription.Known)state;
            return Answer.Ok(SubscriptionPlanResponse.Of(known, known.Items), version);
        }, ct);
    }

    internal sealed record Request(Frequency Frequency, IReadOnlyList<ItemRequest> Items, ChangeTime When = ChangeTime.PeriodEnd);
}

/// <summary>What is subscribed to.</summary>
/// <param name="NextBillingDate">The first day without an invoice; absent while nothing is billed.</param>
/// <param name="Price">Of a full period, before discounts; with tax where the tenant's prices include it.</param>
public sealed record SubscriptionPlanResponse(Frequency Frequency, IReadOnlyList<ItemResponse> Items, LocalDate? NextBillingDate, Money Price)
{
    public static SubscriptionPlanResponse Of(Subscription.Known known, IReadOnlyList<SubscriptionItem> items) => new(
        known.Frequency, [.. items.Select(ItemResponse.From)], SubscriptionResponse.From(known).NextBillingOn,
        Money.Sum(known.Currency, items.Select(item => item.Total)));
}
