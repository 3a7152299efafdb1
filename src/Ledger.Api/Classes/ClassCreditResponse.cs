using Ledger.Domain.Amounts;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Projections.Classes;

namespace Ledger.Api.Classes;

/// <summary>A class credit on the wire.</summary>
/// <param name="PaymentId">What the system that took the money calls the payment.</param>
/// <param name="TransactionId">The payment, by our id.</param>
/// <param name="RemainingClasses">Those of an expired credit can be used no more.</param>
/// <param name="ValueLeft">The part of the price that can still be used.</param>
/// <param name="ExpiresAt">From then on no class of it can be used.</param>
/// <param name="IsValid">Whether a class of it can be used.</param>
public sealed record ClassCreditResponse(
    ClassCreditId Id, CustomerId CustomerId, ClassPackageId ClassPackageId, string PackageName, string PaymentId, PaymentId TransactionId,
    Money AmountPaid, int TotalClasses, int RemainingClasses, Money ValueLeft, ClassCreditStatus Status, LocalDate PurchasedOn, Instant ExpiresAt,
    bool IsValid)
{
    public static ClassCreditResponse From(ClassCredit.Known known, Instant now) => new(
        known.Id, known.CustomerId, known.ClassPackageId, known.PackageName, known.OutsidePaymentId, known.PaymentId, known.AmountPaid, known.Total,
        known.Remaining, known.ValueLeft, known.Status, known.PurchasedOn, known.ExpiresAt, known.IsValidAt(now));

    public static ClassCreditResponse From(ClassCreditRow row, Instant now)
    {
        var currency = Currency.Parse(row.Currency);
        var status = Enum.Parse<ClassCreditStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        return new(
            new(row.Id), new(row.CustomerId), new(row.ClassPackageId), row.PackageName, row.PaymentId, new(row.TransactionId),
            new(row.AmountPaid, currency), row.Total, row.Remaining, new(row.ValueLeft, currency), status, row.PurchasedOn, row.ExpiresAt,
            status is ClassCreditStatus.Active && now < row.ExpiresAt);
    }
}

/// <summary>What became of a credit and a booking as a class was used, or came back.</summary>
/// <param name="Id">The credit.</param>
public sealed record ClassUseResponse(
    ClassCreditId Id, int TotalClasses, int RemainingClasses, ClassCreditStatus Status, BookingId BookingId, BookingStatus BookingStatus,
    BookingPaymentStatus PaymentStatus)
{
    public static ClassUseResponse From(ClassCredit.Known credit, Booking.Known booking) =>
        new(credit.Id, credit.Total, credit.Remaining, credit.Status, booking.Id, booking.Status, booking.PaymentStatus);
}
