using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Payments;

/// <summary>What can happen to a payment. Stored forever: add cases, never edit them.</summary>
public abstract record PaymentEvent : IEvent
{
    private protected PaymentEvent() { }
}

/// <summary>The first attempt is to be made.</summary>
/// <param name="PaymentMethodId">What is charged; null when the customer has nothing to charge.</param>
/// <param name="On">The day of the attempt, in the tenant's zone.</param>
public sealed record PaymentInitiated(
    PaymentId Id, InvoiceId InvoiceId, CustomerId CustomerId, SubscriptionId? SubscriptionId, Money Amount,
    PaymentMethodId? PaymentMethodId, string? Provider, LocalDate On) : PaymentEvent;

/// <summary>Another attempt is to be made.</summary>
public sealed record PaymentRetried(PaymentId Id, int Attempt, PaymentMethodId? PaymentMethodId, string? Provider, LocalDate On) : PaymentEvent;

/// <param name="ProviderReference">What the provider calls the charge.</param>
public sealed record PaymentCaptured(PaymentId Id, int Attempt, string ProviderReference, LocalDate On) : PaymentEvent;

/// <param name="Code">Why, in the provider-neutral word: <c>card_declined</c>.</param>
/// <param name="IsHard">True when trying the same card again cannot help.</param>
public sealed record PaymentFailed(
    PaymentId Id, int Attempt, string Code, bool IsHard, LocalDate On, string? ProviderReference = null) : PaymentEvent;

/// <summary>The provider was asked and did not answer; it is being asked what became of the attempt.</summary>
public sealed record PaymentOutcomeUnknown(PaymentId Id, int Attempt, LocalDate On) : PaymentEvent;
