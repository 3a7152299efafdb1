using System.Text.Json.Serialization;
using Ledger.Domain.Catalog;
using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Subscriptions;

/// <summary>What can happen to a subscription. Stored forever: add cases, never edit them.</summary>
public abstract record SubscriptionEvent : IEvent
{
    private protected SubscriptionEvent() { }
}

/// <param name="StartOn">The first day with service; paid for, and what billing is anchored to, where there is no trial.</param>
/// <param name="TrialEndsOn">The first day that is paid for, after a trial; null without one.</param>
/// <param name="BillingDay">The day of the month on which periods begin, from 1 to 31; null for that of the first one.</param>
/// <param name="DeliveryOptionId">Opaque: how it is delivered.</param>
/// <param name="PaidUntil">The first day that was not paid for elsewhere, before it came here; null where all days are billed here.</param>
[EventName("subscription_created_v2")]
public sealed record SubscriptionCreated(
    SubscriptionId Id, CustomerId CustomerId, LocalDate StartOn, Frequency Frequency, Currency Currency,
    PaymentMethodId? PaymentMethodId = null, string? ExternalId = null, IReadOnlyDictionary<string, string>? Metadata = null,
    LocalDate? TrialEndsOn = null, int? BillingDay = null, string? DeliveryOptionId = null, LocalDate? PaidUntil = null) : SubscriptionEvent;

public sealed record SubscriptionItemsReplaced(SubscriptionId Id, IReadOnlyList<SubscriptionItem> Items) : SubscriptionEvent;

/// <param name="Anchor">The first day of the first period; its day of month is kept.</param>
/// <param name="IsDue">Whether the first period is to be billed at once.</param>
public sealed record SubscriptionActivated(SubscriptionId Id, LocalDate Anchor, bool IsDue) : SubscriptionEvent;

/// <summary>The period has its invoice. The next one begins where it ends.</summary>
/// <param name="Coupons">Those that reduced it; null for none.</param>
/// <param name="Full">What the prices are for, where the place skipped a date on which that would begin or end; null where it follows from the anchor.</param>
public sealed record SubscriptionBilled(
    SubscriptionId Id, BillingPeriod Period, InvoiceId InvoiceId, PaymentId PaymentId, IReadOnlyList<CouponId>? Coupons = null,
    BillingPeriod? Full = null) : SubscriptionEvent;

/// <summary>A coupon reduces the next charges, on the terms it had on this day.</summary>
public sealed record CouponAppliedToSubscription(SubscriptionId Id, CouponId CouponId, string Code, CouponTerms Terms, LocalDate On) : SubscriptionEvent;

/// <summary>From a day on something else is charged than the period's invoice says: its rest was credited, and this charged instead.</summary>
/// <param name="Period">The days that are charged for now, from the day of the change on.</param>
/// <param name="FullPeriod">The full period that its prices are for.</param>
/// <param name="InvoiceId">The invoice of the difference; null where there was nothing to pay.</param>
/// <param name="PaymentId">Of that invoice.</param>
/// <param name="Coupons">Those that a period of another rhythm used a charge of; null for none.</param>
public sealed record SubscriptionAdjusted(
    SubscriptionId Id, BillingPeriod Period, BillingPeriod FullPeriod, IReadOnlyList<ChargedLine> Charged, InvoiceId? InvoiceId = null,
    PaymentId? PaymentId = null, IReadOnlyList<CouponId>? Coupons = null) : SubscriptionEvent;

/// <param name="CreditedFrom">The first day whose charge was taken back; null when nothing was.</param>
public sealed record SubscriptionPaused(SubscriptionId Id, LocalDate On, string? Reason = null, LocalDate? CreditedFrom = null) : SubscriptionEvent;

/// <param name="Anchor">Where billing goes on when the period paid for has run out; null when it has not.</param>
/// <param name="IsDue">Whether that period is to be billed at once.</param>
/// <param name="DayOfMonth">The day of the month on which periods begin from then on; null for that of the anchor, or the billing day.</param>
public sealed record SubscriptionResumed(SubscriptionId Id, LocalDate On, LocalDate? Anchor, bool IsDue, int? DayOfMonth = null) : SubscriptionEvent;

/// <param name="Anchor">The first day of the new rhythm.</param>
/// <param name="DayOfMonth">The day of the month on which periods begin from then on; null for that of the anchor, or the billing day.</param>
public sealed record SubscriptionFrequencyChanged(
    SubscriptionId Id, Frequency Frequency, LocalDate Anchor, int? DayOfMonth = null) : SubscriptionEvent;

public sealed record SubscriptionPaymentMethodChanged(SubscriptionId Id, PaymentMethodId PaymentMethodId) : SubscriptionEvent;

/// <param name="Since">The day of the first failure: day 0 of the chase.</param>
/// <param name="AttemptsMax">How often the payment is tried in all.</param>
/// <param name="ExpiresOn">The day on which the subscription ends if nothing was paid by then.</param>
/// <param name="Waits">Days from each attempt to the next; null for one attempt a day.</param>
/// <param name="GraceUntil">The first day on which the customer need not be served as before; null for at once.</param>
/// <param name="RetryHardDeclines">Whether a card is tried again that cannot help, or no card at all.</param>
public sealed record SubscriptionPastDue(
    SubscriptionId Id, InvoiceId InvoiceId, PaymentId PaymentId, LocalDate Since, int AttemptsMax, LocalDate ExpiresOn,
    IReadOnlyList<int>? Waits = null, LocalDate? GraceUntil = null, bool RetryHardDeclines = false) : SubscriptionEvent;

/// <summary>All attempts are used up.</summary>
public sealed record SubscriptionErrored(SubscriptionId Id, LocalDate On) : SubscriptionEvent;

/// <param name="ToHold">Whether it is on hold again, as it was when the charge failed.</param>
public sealed record SubscriptionRecovered(SubscriptionId Id, LocalDate On, bool ToHold = false) : SubscriptionEvent;

public sealed record SubscriptionExpired(SubscriptionId Id, LocalDate On) : SubscriptionEvent;

/// <param name="EndsOn">The first day without service, in the tenant's time zone.</param>
public sealed record SubscriptionCancelScheduled(SubscriptionId Id, LocalDate EndsOn, string? Reason = null) : SubscriptionEvent;

/// <param name="CreditedFrom">The first day whose charge was taken back; null when nothing was.</param>
public sealed record SubscriptionCancelled(SubscriptionId Id, LocalDate On, string? Reason = null, LocalDate? CreditedFrom = null) : SubscriptionEvent;

/// <summary>A cancellation was taken back: one that was to come, or one that had come.</summary>
/// <param name="Anchor">Where billing begins anew; null where it goes on as if nothing had been.</param>
/// <param name="IsDue">Whether a period is to be billed at once.</param>
/// <param name="DayOfMonth">The day of the month on which periods begin from then on; null for that of the anchor, or the billing day.</param>
public sealed record SubscriptionReactivated(
    SubscriptionId Id, LocalDate On, LocalDate? Anchor, bool IsDue, int? DayOfMonth = null) : SubscriptionEvent;

/// <summary>An attempt failed, and the next one has its day. Where there is an attempt a day, it goes without saying.</summary>
/// <param name="Attempt">Which one: 2 is the first that repeats.</param>
/// <param name="On">Its day, unless the subscription ends before.</param>
public sealed record SubscriptionAttemptScheduled(SubscriptionId Id, PaymentId PaymentId, int Attempt, LocalDate On) : SubscriptionEvent;

/// <summary>One line of what is subscribed to.</summary>
/// <param name="UnitPrice">As agreed, when frozen; else as in the catalog when the items were set.</param>
/// <param name="IsPriceFrozen">True for a price of its own; false when each invoice takes the catalog's price of its day.</param>
/// <param name="IsTaxRateFrozen">True for a tax rate of its own; false when it goes with the catalog's price.</param>
public sealed record SubscriptionItem(
    Guid Id, ProductVariationId? ProductVariationId, string Description, long Quantity, Money UnitPrice, TaxRate TaxRate, bool IsPriceFrozen,
    bool IsTaxRateFrozen = false)
{
    [JsonIgnore]
    public Money Total => UnitPrice.Times(Quantity);

    /// <summary>Ids of items are new with each request; what they stand for counts.</summary>
    internal static bool AreSame(IReadOnlyList<SubscriptionItem> a, IReadOnlyList<SubscriptionItem> b) =>
        a.Select(one => one with { Id = default }).SequenceEqual(b.Select(one => one with { Id = default }));
}
