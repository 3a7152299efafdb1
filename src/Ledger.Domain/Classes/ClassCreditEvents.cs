using Ledger.Domain.Bookings;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Classes;

/// <summary>What can happen to a class credit. Stored forever: add cases, never edit them.</summary>
/// <remarks>Each says what it is worth: what was paid is what was used less what came back, dropped, expired, went with a refund, and what is left.</remarks>
public abstract record ClassCreditEvent : IEvent
{
    private protected ClassCreditEvent() { }
}

/// <summary>Classes were bought, and paid.</summary>
/// <param name="PaymentId">The payment, by our id.</param>
/// <param name="OutsidePaymentId">The payment, as the system that took the money calls it.</param>
/// <param name="ExpiresAt">From then on no class of it can be used.</param>
public sealed record ClassCreditIssued(
    ClassCreditId Id, CustomerId CustomerId, ClassPackageId ClassPackageId, string PackageName, PaymentId PaymentId, string OutsidePaymentId,
    Money AmountPaid, int Classes, LocalDate On, Instant ExpiresAt) : ClassCreditEvent;

/// <summary>One class was used.</summary>
/// <param name="Value">The share of the price that it stands for.</param>
public sealed record ClassCreditUsed(ClassCreditId Id, BookingId BookingId, Money Value, LocalDate On) : ClassCreditEvent;

/// <summary>The class that a booking had used came back.</summary>
/// <param name="Value">What it was worth when it was used.</param>
public sealed record ClassCreditRefunded(ClassCreditId Id, BookingId BookingId, Money Value, LocalDate On) : ClassCreditEvent;

/// <summary>Staff gave classes, or took some away.</summary>
/// <param name="AdjustmentId">By which a repeat is known.</param>
/// <param name="Classes">How many came; below zero, how many went.</param>
/// <param name="ValueDropped">What those were worth that went; zero when classes came.</param>
/// <param name="ValuePerClass">What the next class is worth from now on; zero when none is left.</param>
public sealed record ClassCreditAdjusted(
    ClassCreditId Id, Guid AdjustmentId, int Classes, Money ValueDropped, Money ValuePerClass, LocalDate On, string? Reason = null) : ClassCreditEvent;

/// <summary>Classes can be used no more, because their time is up. Once more for a class that comes back afterwards.</summary>
/// <param name="Value">What the classes were worth that expired now.</param>
/// <param name="Classes">How many expired now.</param>
public sealed record ClassCreditExpired(ClassCreditId Id, Money Value, int Classes, LocalDate On) : ClassCreditEvent;

/// <summary>What it was bought with has gone back, and the classes that were left with it. Once more for a class that comes back afterwards.</summary>
/// <param name="RefundId">The refund that gave back the last of the money.</param>
/// <param name="Value">What the classes were worth that went now.</param>
/// <param name="Classes">How many went now.</param>
public sealed record ClassCreditVoided(ClassCreditId Id, RefundId RefundId, Money Value, int Classes, LocalDate On) : ClassCreditEvent;
