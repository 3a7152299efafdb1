using Ledger.Domain.Payments;

namespace Ledger.Projections.Figures;

/// <summary>How payments stand, by the day of their first attempt; they count where they began, however late they end.</summary>
internal static class PaymentFigures
{
    private const string Pending = "pending", Captured = "captured", Cancelled = "cancelled";

    public static IEnumerable<Figure> Of(PaymentEvent @event, StoredEvent happened, IFigureStates<KnownThing> states)
    {
        var id = happened.Stream.Id;
        if (@event is PaymentInitiated begun)
        {
            states[id] = new KnownPayment(begun.On, begun.Amount.Currency.Code, begun.Amount.Amount, Pending);
            return
            [
                new(Measure.Payments, Dimensions.Of(begun.On, Pending), begun.Amount.Currency.Code, 1, begun.Amount.Amount),
                new(Measure.PaymentsMade, IsByCustomer(begun, happened) ? Measure.ByCustomer : Measure.ByOthers, begun.Amount.Currency.Code, 1, begun.Amount.Amount),
                .. OfChase(begun, states),
            ];
        }

        if (states[id] is not KnownPayment before) return [];   // It ended, and nothing of this changes how.
        var after = @event switch
        {
            PaymentRetried { Amount: { } amount } => before with { Amount = amount.Amount },
            PaymentCaptured captured => before with { Standing = Captured, Amount = captured.Amount?.Amount ?? before.Amount },
            PaymentFailed failed => before with { Standing = $"failed {failed.Code}" },
            PaymentCancelled => before with { Standing = Cancelled },
            _ => before,
        };
        states[id] = after.Standing is Captured or Cancelled ? null : after;
        return [.. Moved(before, after), .. FirstAttempt(@event, before)];
    }

    /// <summary>An attempt that fails as it begins: the log has what its subscription came to before the payment itself.</summary>
    private static IEnumerable<Figure> OfChase(PaymentInitiated begun, IFigureStates<KnownThing> states)
    {
        if (begun.SubscriptionId is not { } id || states[id.Value] is not KnownSubscription { ChaseSince: { } since, Chased: 0 } chased) return [];
        states[id.Value] = chased with { Chased = begun.Amount.Amount };
        return [new(Measure.Chases, Dimensions.Of(since, "open"), chased.Currency, 0, begun.Amount.Amount)];
    }

    private static IEnumerable<Figure> Moved(KnownPayment before, KnownPayment after) => before == after ? [] :
    [
        new(Measure.Payments, Dimensions.Of(before.Since, before.Standing), before.Currency, -1, -before.Amount),
        new(Measure.Payments, Dimensions.Of(after.Since, after.Standing), after.Currency, 1, after.Amount),
    ];

    private static IEnumerable<Figure> FirstAttempt(PaymentEvent @event, KnownPayment before) => @event switch
    {
        PaymentCaptured { Attempt: 1 } => [new(Measure.FirstAttempts, Dimensions.Of(before.Since, Captured), before.Currency, 1, before.Amount)],
        PaymentFailed { Attempt: 1 } => [new(Measure.FirstAttempts, Dimensions.Of(before.Since, "failed"), before.Currency, 1, before.Amount)],
        _ => [],
    };

    /// <summary>By the customer's own hand: in the portal, or with a client secret in the browser.</summary>
    private static bool IsByCustomer(PaymentInitiated begun, StoredEvent happened) =>
        happened.Headers.ActorKind == "customer"
        || begun is { SubscriptionId: null, CustomerId: not null, PaymentMethodId: null, Card: null, Provider: not (null or "external") };
}
