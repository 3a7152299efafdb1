using Ledger.Domain.Customers;

namespace Ledger.Domain.Payments;

/// <summary>A payment that a system outside has taken, and tells us of. By its name there it is known: told twice, it is one.</summary>
internal static class OutsidePayment
{
    private const string Provider = "external";

    /// <summary>All that happened to it, in one: it was over when we heard of it.</summary>
    /// <param name="reference">What the system outside calls it.</param>
    public static IEvent[] Taken(PaymentId id, CustomerId customer, Money amount, Purchase bought, string reference, LocalDate on) =>
    [
        new PaymentInitiated(id, InvoiceId: null, customer, SubscriptionId: null, amount, PaymentMethodId: null, Provider, on, bought),
        new PaymentCaptured(id, Attempt: 1, reference, on, amount, Provider),
    ];
}
