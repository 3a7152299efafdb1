using System.Text.Json.Serialization;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

/// <summary>What can happen to an invoice. Stored forever: add cases, never edit them.</summary>
public abstract record InvoiceEvent : IEvent
{
    private protected InvoiceEvent() { }
}

/// <param name="Number">Gap-free per tenant, in the order of the log.</param>
/// <param name="Total">What is to be paid: the lines with their tax.</param>
/// <param name="DueOn">The last day on which it is paid in time, in the tenant's zone.</param>
public sealed record InvoiceIssued(
    InvoiceId Id, CustomerId CustomerId, SubscriptionId? SubscriptionId, BillingPeriod? Period, IReadOnlyList<InvoiceLine> Lines,
    bool PricesIncludeTax, Money Net, Money Tax, Money Total, LocalDate IssuedOn, LocalDate DueOn, long Number = 0)
    : InvoiceEvent, INumberedEvent
{
    [JsonIgnore]
    public string Series => "invoice";

    public IEvent WithNumber(long number) => this with { Number = number };
}

public sealed record InvoicePaid(InvoiceId Id, PaymentId PaymentId, Money Amount, LocalDate On) : InvoiceEvent;

public sealed record InvoiceOverdue(InvoiceId Id, LocalDate On) : InvoiceEvent;

/// <param name="Amount">As priced, for all of the quantity: with tax or without, as the invoice says.</param>
public sealed record InvoiceLine(
    string Description, long Quantity, Money UnitPrice, Money Amount, TaxRate TaxRate, Money Net, Money Tax, Guid? ProductVariationId = null);
