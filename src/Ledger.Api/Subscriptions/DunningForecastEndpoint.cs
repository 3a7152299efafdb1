using Ledger.Domain.Dunning;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class DunningForecastEndpoint
{
    public static void MapDunningForecast(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapGet("/{subscription_id:guid}/dunning", Preview)
        .Is("previewDunning", "What is going to be done about an unpaid invoice, day by day, if nothing is paid. Nothing is stored.", Who.CustomerOwn)
        .Reads<DunningForecastResponse>().Rejects(SubscriptionRejections.NotFound);

    private static async Task<IResult> Preview([FromRoute(Name = "subscription_id")] Guid subscriptionId, Call call, StateReader states, CancellationToken ct)
    {
        var (known, _) = await states.Find(call, subscriptionId, ct);
        var forecast = await states.Forecast(known, call, ct);
        return TypedResults.Json(new DunningForecastResponse(
            known.Id, known.Status, forecast is null ? null : ChaseResponse.From(forecast),
            [.. (forecast?.Steps ?? []).Select(step => new DunningStepResponse(step.On, step.Kind, step.Attempt))]), LedgerJson.Options);
    }

    /// <summary>What the chase of a subscription is going to do; null when nothing is chased.</summary>
    public static async Task<DunningForecast?> Forecast(this StateReader states, Subscription.Known known, Call call, CancellationToken ct)
    {
        if (known.Chase is not { } chase) return null;
        var payment = await states.Of<Payment, PaymentEvent>(call.Tenant, chase.PaymentId.Stream, ct);
        var wallet = await states.Of<Wallet, WalletEvent>(call.Tenant, WalletStream.Of(known.CustomerId), ct);
        return DunningForecast.Of(known, payment, wallet, call.Today);
    }
}

/// <param name="Steps">What comes, in order, if each attempt is declined; empty when nothing is chased.</param>
public sealed record DunningForecastResponse(
    SubscriptionId SubscriptionId, SubscriptionStatus Status, ChaseResponse? Dunning, IReadOnlyList<DunningStepResponse> Steps);

/// <param name="Attempt">Which attempt it is, or which one leads to the error; absent for an end.</param>
public sealed record DunningStepResponse(LocalDate On, DunningStepKind Kind, int? Attempt);
