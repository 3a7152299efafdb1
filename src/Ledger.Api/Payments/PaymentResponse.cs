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
public sealed record PaymentResponse(
    PaymentId Id, InvoiceId InvoiceId, CustomerId CustomerId, SubscriptionId? SubscriptionId, PaymentStatus Status, Money Amount,
    int SettlingAttempts, LocalDate LastAttemptOn, string? FailureCode, PaymentMethodId? PaymentMethodId, string? Provider, string? PaymentReference)
{
    public static PaymentResponse From(Payment.Known known) => new(
        known.Id, known.InvoiceId, known.CustomerId, known.SubscriptionId, known.Status, known.Amount, known.Attempts, known.LastAttemptOn,
        known.FailureCode, known.PaymentMethodId, known.Provider, known.ProviderReference);

    public static PaymentResponse From(PaymentRow row) => new(
        new(row.Id), new(row.InvoiceId), new(row.CustomerId), row.SubscriptionId is { } subscription ? new(subscription) : null,
        Enum.Parse<PaymentStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        new(row.Amount, Currency.Parse(row.Currency)), row.SettlingAttempts, row.LastAttemptOn, row.FailureCode,
        row.PaymentMethodId is { } method ? new(method) : null, row.Provider, row.ProviderReference);
}
