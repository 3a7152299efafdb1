using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Payments;

/// <summary>What can happen to a payment. Stored forever: add cases, never edit them.</summary>
public abstract record PaymentEvent : IEvent
{
    private protected PaymentEvent() { }
}

/// <summary>The first attempt is to be made.</summary>
/// <param name="InvoiceId">What it pays; null when it is for something that is not invoiced.</param>
/// <param name="CustomerId">Null for a merchant's buyer, whom we do not know.</param>
/// <param name="PaymentMethodId">What is charged; null when the customer has nothing to charge, or a card is given once.</param>
/// <param name="On">The day of the attempt, in the tenant's zone.</param>
/// <param name="For">What is bought, beside or instead of an invoice.</param>
/// <param name="Card">A card that is charged this once; null for one that is kept.</param>
/// <param name="CapturesLater">Whether the money is only held, to be taken later.</param>
public sealed record PaymentInitiated(
    PaymentId Id, InvoiceId? InvoiceId, CustomerId? CustomerId, SubscriptionId? SubscriptionId, Money Amount,
    PaymentMethodId? PaymentMethodId, string? Provider, LocalDate On, Purchase? For = null, OneTimeCard? Card = null,
    bool CapturesLater = false) : PaymentEvent;

/// <summary>Another attempt is to be made.</summary>
/// <param name="Amount">What is charged this time, where part has been settled otherwise; null for the same.</param>
public sealed record PaymentRetried(
    PaymentId Id, int Attempt, PaymentMethodId? PaymentMethodId, string? Provider, LocalDate On, Money? Amount = null) : PaymentEvent;

/// <summary>The money is held on the card, and not taken.</summary>
public sealed record PaymentAuthorized(PaymentId Id, int Attempt, string ProviderReference, Money Amount, LocalDate On) : PaymentEvent;

/// <summary>The held money, or part of it, is to be taken. The rest is let go.</summary>
public sealed record PaymentCaptureRequested(PaymentId Id, Money Amount, LocalDate On) : PaymentEvent;

/// <param name="ProviderReference">What the provider calls the charge.</param>
/// <param name="Amount">What was taken.</param>
/// <param name="Provider">Who has the money.</param>
/// <param name="MayEarnPoints">False when the tenant gives no points for it, so that nobody need ask.</param>
public sealed record PaymentCaptured(
    PaymentId Id, int Attempt, string ProviderReference, LocalDate On, Money? Amount = null, string? Provider = null,
    bool MayEarnPoints = true) : PaymentEvent;

/// <param name="Code">Why, in the provider-neutral word: <c>card_declined</c>.</param>
/// <param name="IsHard">True when trying the same card again cannot help.</param>
public sealed record PaymentFailed(
    PaymentId Id, int Attempt, string Code, bool IsHard, LocalDate On, string? ProviderReference = null) : PaymentEvent;

/// <summary>The provider was asked and did not answer; it is being asked what became of the attempt.</summary>
public sealed record PaymentOutcomeUnknown(PaymentId Id, int Attempt, LocalDate On) : PaymentEvent;

/// <summary>The held money is to be let go.</summary>
public sealed record PaymentCancelRequested(PaymentId Id, LocalDate On, string? Reason = null) : PaymentEvent;

/// <summary>The held money was let go; nothing was taken.</summary>
public sealed record PaymentCancelled(PaymentId Id, LocalDate On) : PaymentEvent;

/// <summary>Part of the captured money is set aside for a refund, so that no other refund can promise it too.</summary>
public sealed record PaymentRefundReserved(PaymentId Id, RefundId RefundId, Money Amount) : PaymentEvent;

/// <summary>The refund was turned down or failed: the money may be refunded otherwise.</summary>
public sealed record PaymentRefundReleased(PaymentId Id, RefundId RefundId) : PaymentEvent;

/// <summary>The money that was set aside has gone back.</summary>
/// <param name="Refunded">All that has gone back of this payment, this refund included.</param>
public sealed record PaymentRefunded(PaymentId Id, RefundId RefundId, Money Amount, Money Refunded, LocalDate On) : PaymentEvent;

/// <summary>The card's holder disputes it, and the provider has taken the money back for now.</summary>
/// <param name="ProviderReference">What the provider calls the dispute.</param>
/// <param name="Amount">What is withheld.</param>
/// <param name="Claimed">What is disputed, where less than that was left to be withheld.</param>
public sealed record PaymentDisputed(
    PaymentId Id, string ProviderReference, Money Amount, string Provider, string Reason, LocalDate On, Money? Claimed = null) : PaymentEvent;

/// <summary>More, or less, is withheld for a dispute, because of what else was told of the payment.</summary>
/// <param name="Claimed">What is disputed.</param>
/// <param name="Amount">What is withheld from now on.</param>
/// <param name="Change">How much more that is than before; below zero for less.</param>
/// <param name="IsLost">Whether the dispute was lost before.</param>
public sealed record PaymentDisputeChanged(
    PaymentId Id, string ProviderReference, Money Claimed, Money Amount, Money Change, string Provider, bool IsLost, LocalDate On) : PaymentEvent;

/// <summary>The dispute is over.</summary>
/// <param name="IsWon">Whether the money came back to us.</param>
public sealed record PaymentDisputeClosed(PaymentId Id, string ProviderReference, bool IsWon, Money Amount, string Provider, LocalDate On) : PaymentEvent;

/// <summary>A card that is charged once and not kept.</summary>
/// <param name="Token">What the provider knows it by; never a card number.</param>
public sealed record OneTimeCard(string Token, string Brand, string Last4);
