using Ledger.Domain.Exports;
using Ledger.Domain.Invoices;
using Ledger.EventStore.PersonalData;
using Ledger.Projections;
using Ledger.Projections.Invoices;
using Ledger.Projections.Orders;
using Ledger.Projections.Payments;
using Ledger.Projections.Subscriptions;

namespace Ledger.Application.Exports;

/// <summary>The sheets there are. Their columns have the names that the API has for them.</summary>
public sealed class ExportSheets(Listing listing, PersonalKeys keys)
{
    /// <param name="today">What is overdue on this day is said to be so.</param>
    internal ExportSheet Of(ExportResource resource, LocalDate today) => resource switch
    {
        ExportResource.Customers => new CustomerSheet(listing, keys),
        ExportResource.Subscriptions => Subscriptions(),
        ExportResource.Orders => Orders(),
        ExportResource.Invoices => Invoices(today),
        ExportResource.Payments => Payments(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ExportSheet<SubscriptionRow> Subscriptions() => new(
        listing, "subscriptions", row => row.CreatedPosition, filter => ListFilters.Subscriptions(filter.CustomerId?.Value, filter.Status, filter.ExternalId),
        ("id", row => Cell.Of(row.Id)), ("external_id", row => Cell.Of(row.ExternalId)), ("customer_id", row => Cell.Of(row.CustomerId)),
        ("status", row => Cell.Of(row.Status)), ("start_date", row => Cell.Of(row.StartOn)), ("frequency", row => Cell.Of(row.Frequency)),
        ("currency", row => Cell.Of(row.Currency)), ("mrr", row => Cell.Money(row.MrrAmount, row.Currency)),
        ("items", row => Cell.Of(Joined(Json.To<List<SubscriptionItem>>(row.Items)?.Select(item => item.Description)))),
        ("invoiced_until", row => Cell.Of(row.InvoicedUntil)), ("past_due_since", row => Cell.Of(row.PastDueSince)), ("ends_on", row => Cell.Of(row.EndsOn)),
        ("ended_on", row => Cell.Of(row.EndedOn)), ("created_at", row => Cell.Of(row.CreatedAt)));

    private ExportSheet<OrderRow> Orders() => new(
        listing, "orders", row => row.CreatedPosition,
        filter => ListFilters.Orders(filter.CustomerId?.Value, filter.SubscriptionId?.Value, filter.Status, filter.FromDate, filter.ToDate),
        ("id", row => Cell.Of(row.Id)), ("external_id", row => Cell.Of(row.ExternalId)), ("customer_id", row => Cell.Of(row.CustomerId)),
        ("receiver_id", row => Cell.Of(row.ReceiverId)), ("subscription_id", row => Cell.Of(row.SubscriptionId)), ("status", row => Cell.Of(row.Status)),
        ("currency", row => Cell.Of(row.Currency)), ("amount", row => Cell.Money(row.Amount, row.Currency)),
        ("items", row => Cell.Of(Joined(Json.To<List<SubscriptionItem>>(row.Items)?.Select(item => item.Description)))),
        ("ordered_on", row => Cell.Of(row.OrderedOn)), ("delivery_on", row => Cell.Of(row.DeliveryOn)), ("payment_id", row => Cell.Of(row.PaymentId)),
        ("failure_code", row => Cell.Of(row.FailureCode)), ("created_at", row => Cell.Of(row.CreatedAt)));

    private ExportSheet<InvoiceRow> Invoices(LocalDate today) => new(
        listing, "invoices", row => row.CreatedPosition,
        filter => ListFilters.Invoices(
            filter.CustomerId?.Value, filter.SubscriptionId?.Value, filter.Status, filter.FromDate, filter.ToDate, today),
        ("id", row => Cell.Of(row.Id)), ("invoice_number", row => Cell.Of(row.Number is { } number ? InvoiceNumbers.Of(number) : null)),
        ("customer_id", row => Cell.Of(row.CustomerId)), ("subscription_id", row => Cell.Of(row.SubscriptionId)), ("order_id", row => Cell.Of(row.OrderId)),
        ("status", row => Cell.Of(row.On(today).Status)), ("currency", row => Cell.Of(row.Currency)), ("net", row => Cell.Money(row.Net, row.Currency)),
        ("tax", row => Cell.Money(row.Tax, row.Currency)), ("total", row => Cell.Money(row.Total, row.Currency)),
        ("amount_paid", row => Cell.Money(row.Settled, row.Currency)), ("amount_credited", row => Cell.Money(row.Credited, row.Currency)),
        ("issued_on", row => Cell.Of(row.IssuedOn)), ("due_on", row => Cell.Of(row.DueOn)), ("paid_on", row => Cell.Of(row.PaidOn)),
        ("lines", row => Cell.Of(Joined(Json.To<List<InvoiceLine>>(row.Lines)?.Select(line => line.Description)))), ("created_at", row => Cell.Of(row.CreatedAt)));

    private ExportSheet<PaymentRow> Payments() => new(
        listing, "payments", row => row.CreatedPosition,
        filter => ListFilters.Payments(filter.CustomerId?.Value, filter.SubscriptionId?.Value, filter.Status, filter.FromDate, filter.ToDate),
        ("id", row => Cell.Of(row.Id)), ("invoice_id", row => Cell.Of(row.InvoiceId)), ("customer_id", row => Cell.Of(row.CustomerId)),
        ("subscription_id", row => Cell.Of(row.SubscriptionId)), ("order_id", row => Cell.Of(row.OrderId)), ("status", row => Cell.Of(row.Status)),
        ("currency", row => Cell.Of(row.Currency)), ("amount", row => Cell.Money(row.Amount, row.Currency)),
        ("captured", row => Cell.Money(row.Captured, row.Currency)), ("refunded", row => Cell.Money(row.Refunded, row.Currency)),
        ("disputed", row => Cell.Money(row.Disputed, row.Currency)), ("settling_attempts", row => Cell.Of(row.SettlingAttempts)),
        ("last_attempt_on", row => Cell.Of(row.LastAttemptOn)), ("failure_code", row => Cell.Of(row.FailureCode)), ("provider", row => Cell.Of(row.Provider)),
        ("payment_reference", row => Cell.Of(row.ProviderReference)), ("created_at", row => Cell.Of(row.CreatedAt)));

    internal static string? Joined(IEnumerable<string?>? texts) => texts is null ? null : string.Join("; ", texts);
}
