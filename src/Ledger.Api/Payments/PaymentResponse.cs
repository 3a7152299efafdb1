using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Projections.Payments;

namespace Ledger.Api.Payments;

/// <summary>A payment on the wire.</summary>
/// <param name="SettlingAttempts">How often it was tried.</param>
/// <param name="LastAttemptOn">In the tenant's zone.</param>
/// <param name="Captured">What was taken; zero until it is.</param>
/// <param name="Refunded">What has gone back.</param>
/// <param name="Disputed">What the card's holder disputes, or has won back.</param>
/// <param name="CardLast4">Of a card that was charged once and is not kept.</param>
public sealed record PaymentResponse(
    PaymentId Id, InvoiceId? InvoiceId, CustomerId? CustomerId, SubscriptionId? SubscriptionId, Guid? OrderId, Guid? BookingId, Guid? ClassCreditId,
    PaymentStatus Status, Money Amount, Money Captured, Money Refunded, Money Disputed, int SettlingAttempts, LocalDate LastAttemptOn,
    string? FailureCode, PaymentMethodId? PaymentMethodId, string? Provider, string? PaymentReference, string? CardBrand, string? CardLast4)
{
    public static PaymentResponse From(Payment.Known known) => new(
        known.Id, known.InvoiceId, known.CustomerId, known.SubscriptionId, IdOf(known, PurchaseKind.Order), IdOf(known, PurchaseKind.Booking),
        IdOf(known, PurchaseKind.ClassCredit), known.Status, known.Amount, known.Captured, known.Refunded,
        Money.Sum(known.Amount.Currency, known.Disputed.Values), known.Attempts, known.LastAttemptOn, known.FailureCode, known.PaymentMethodId,
        known.Provider, known.ProviderReference, known.Card?.Brand, known.Card?.Last4);

    public static PaymentResponse From(PaymentRow row)
    {
        var currency = Currency.Parse(row.Currency);
        return new(
            new(row.Id), row.InvoiceId is { } invoice ? new(invoice) : null, row.CustomerId is { } customer ? new(customer) : null,
            row.SubscriptionId is { } subscription ? new(subscription) : null, row.OrderId, row.BookingId, row.ClassCreditId,
            Enum.Parse<PaymentStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            new(row.Amount, currency), new(row.Captured, currency), new(row.Refunded, currency), new(row.Disputed, currency),
            row.SettlingAttempts, row.LastAttemptOn, row.FailureCode, row.PaymentMethodId is { } method ? new(method) : null, row.Provider,
            row.ProviderReference, row.CardBrand, row.CardLast4);
    }

    private static Guid? IdOf(Payment.Known known, PurchaseKind kind) => known.For is { } bought && bought.Kind == kind ? bought.Id : null;
}
