using Ledger.Domain.Payments;

namespace Ledger.Domain.PublicEvents;

/// <summary>What others are told of a payment.</summary>
/// <remarks>Money that is taken without having been held is told as held first, then as taken: whoever waits for either hears of it.</remarks>
internal static class PublishedPayments
{
    public static IReadOnlyList<PublicEvent> Of(PaymentEvent happened, IReadOnlyList<IEvent> history) => happened switch
    {
        PaymentAuthorized => [Tell(PublicNames.PaymentAuthorized, State(history))],
        PaymentCaptured captured => OfCapture(captured, history),
        PaymentFailed => [Tell(PublicNames.PaymentFailed, State(history))],
        PaymentRefunded refunded => [Tell(PublicNames.PaymentRefunded, State(history), refunded.Amount)],
        _ => [],
    };

    private static IReadOnlyList<PublicEvent> OfCapture(PaymentCaptured captured, IReadOnlyList<IEvent> history)
    {
        var state = State(history);
        var succeeded = Tell(PublicNames.PaymentSucceeded, state);
        return history.OfType<PaymentAuthorized>().Any(held => held.Attempt == captured.Attempt)
            ? [succeeded]
            : [Tell(PublicNames.PaymentAuthorized, state with { Status = PaymentStatus.Authorized }), succeeded];
    }

    private static Payment.Known State(IReadOnlyList<IEvent> history) => (Payment.Known)Publishing.Fold<Payment, PaymentEvent>(history);

    private static PublicEvent Tell(string name, Payment.Known one, Money? refund = null) => new(name, one.Id.Value, one.CustomerId, new PublicPayment(
        one.Id, one.Status, one.Amount, one.Refunded, refund, one.CustomerId, one.InvoiceId, one.SubscriptionId,
        one.For is { Kind: PurchaseKind.Order } order ? order.Id : null, one.For is { Kind: PurchaseKind.Booking } booking ? booking.Id : null,
        one.Attempts, one.FailureCode));
}
