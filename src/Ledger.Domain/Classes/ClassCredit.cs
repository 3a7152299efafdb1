using System.Collections.Immutable;
using Ledger.Domain.Bookings;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Classes;

public enum ClassCreditStatus
{
    Active,
    UsedUp,
    Expired,

    /// <summary>All its classes were taken away before one was used, or the money for it went back.</summary>
    Void,
}

/// <summary>Classes that a customer has bought, as they stand now.</summary>
public abstract record ClassCredit : IState<ClassCredit, ClassCreditEvent>
{
    private ClassCredit() { }

    public sealed record Unknown : ClassCredit;

    /// <param name="Remaining">Classes not used; those of an expired credit can be used no more.</param>
    /// <param name="ValueLeft">The part of the price that the classes stand for which can still be used.</param>
    public sealed record Known(
        ClassCreditId Id, CustomerId CustomerId, ClassPackageId ClassPackageId, string PackageName, PaymentId PaymentId, string OutsidePaymentId,
        Money AmountPaid, int Total, int Remaining, Money ValueLeft, LocalDate PurchasedOn, Instant ExpiresAt, bool IsExpired) : ClassCredit
    {
        /// <summary>The bookings that have used a class.</summary>
        public ImmutableDictionary<BookingId, ClassUse> Uses { get; init; } = ImmutableDictionary<BookingId, ClassUse>.Empty;

        public ImmutableHashSet<Guid> Adjustments { get; init; } = [];

        /// <summary>The refund that gave back what it was bought with; null where none did.</summary>
        public RefundId? VoidedBy { get; init; }

        /// <summary>Whether a booking has a class of it.</summary>
        public bool IsInUse => Uses.Values.Any(one => !one.IsReturned);

        public ClassCreditStatus Status =>
            IsExpired ? ClassCreditStatus.Expired
            : Remaining > 0 ? ClassCreditStatus.Active
            : Total > 0 ? ClassCreditStatus.UsedUp : ClassCreditStatus.Void;

        /// <summary>Whether a class of it can be used.</summary>
        public bool IsValidAt(Instant now) => !IsExpired && Remaining > 0 && now < ExpiresAt;
    }

    public static ClassCredit Initial { get; } = new Unknown();

    public static ClassCredit Evolve(ClassCredit state, ClassCreditEvent @event) => @event switch
    {
        ClassCreditIssued issued => new Known(
            issued.Id, issued.CustomerId, issued.ClassPackageId, issued.PackageName, issued.PaymentId, issued.OutsidePaymentId,
            issued.AmountPaid, issued.Classes, issued.Classes, issued.AmountPaid, issued.On, issued.ExpiresAt, IsExpired: false),
        ClassCreditUsed used => Use((Known)state, used),
        ClassCreditRefunded refunded => Return((Known)state, refunded),
        ClassCreditAdjusted adjusted => Adjust((Known)state, adjusted),
        ClassCreditVoided voided => Void((Known)state, voided),
        ClassCreditExpired expired => (Known)state with { IsExpired = true, ValueLeft = ((Known)state).ValueLeft - expired.Value },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Use(Known state, ClassCreditUsed used) => state with
    {
        Remaining = state.Remaining - 1, ValueLeft = state.ValueLeft - used.Value,
        Uses = state.Uses.SetItem(used.BookingId, new(used.Value, IsReturned: false)),
    };

    private static Known Return(Known state, ClassCreditRefunded refunded) => state with
    {
        Remaining = state.Remaining + 1, ValueLeft = state.ValueLeft + refunded.Value,
        Uses = state.Uses.SetItem(refunded.BookingId, new(refunded.Value, IsReturned: true)),
    };

    private static Known Void(Known state, ClassCreditVoided voided) => state with
    {
        Total = state.Total - voided.Classes, Remaining = state.Remaining - voided.Classes, ValueLeft = state.ValueLeft - voided.Value,
        VoidedBy = voided.RefundId,
    };

    private static Known Adjust(Known state, ClassCreditAdjusted adjusted) => state with
    {
        Total = state.Total + adjusted.Classes, Remaining = state.Remaining + adjusted.Classes,
        ValueLeft = state.ValueLeft - adjusted.ValueDropped, Adjustments = state.Adjustments.Add(adjusted.AdjustmentId),
    };
}

/// <summary>A class that a booking has used.</summary>
/// <param name="IsReturned">Whether it came back.</param>
public sealed record ClassUse(Money Value, bool IsReturned);

/// <summary>What classes are worth.</summary>
internal static class ClassValues
{
    /// <summary>A value split evenly over classes, in the order in which they are used. The parts add up to it exactly.</summary>
    public static Money[] Of(Money value, int classes) => value.Split([.. Enumerable.Repeat(1L, classes)]);
}

/// <summary>Every "no" a class credit can say.</summary>
public static class ClassCreditRejections
{
    public static readonly Rejection NotFound = new("class_credit_not_found", RejectionKind.NotFound, "No class credit has this id.");

    public static readonly Rejection NotValid = new("class_credit_not_valid", RejectionKind.Conflict, "Credit not valid");

    public static readonly Rejection NotUsed = new(
        "class_credit_not_used", RejectionKind.Conflict, "The booking has used no class of this credit.");

    public static readonly Rejection InUse = new(
        "class_credit_in_use", RejectionKind.Conflict, "Classes that were bought with this payment were used: not all of it can be refunded.");

    public static readonly Rejection TooFewClasses = new(
        "class_credit_too_few_classes", RejectionKind.Conflict, "The credit has fewer classes left than are to be taken away.");
}
