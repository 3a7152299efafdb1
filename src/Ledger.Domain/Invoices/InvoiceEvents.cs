using System.Text.Json.Serialization;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

/// <summary>What can happen to an invoice. Stored forever: add cases, never edit them.</summary>
public abstract record InvoiceEvent : IEvent
{
    private protected InvoiceEvent() { }
}

/// <summary>An invoice that is not sent yet: it has no number, and nothing is owed.</summary>
/// <param name="DueDays">From the day of issue to the last day on which it is paid in time.</param>
public sealed record InvoiceDrafted(
    InvoiceId Id, CustomerId CustomerId, IReadOnlyList<InvoiceLine> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total,
    int DueDays, LocalDate On) : InvoiceEvent;

/// <param name="Number">Gap-free per tenant, in the order of the log.</param>
/// <param name="Total">What is to be paid: the lines with their tax.</param>
/// <param name="DueOn">The last day on which it is paid in time, in the tenant's zone.</param>
/// <param name="Order">The order it is for, where there is one.</param>
public sealed record InvoiceIssued(
    InvoiceId Id, CustomerId CustomerId, SubscriptionId? SubscriptionId, BillingPeriod? Period, IReadOnlyList<InvoiceLine> Lines,
    bool PricesIncludeTax, Money Net, Money Tax, Money Total, LocalDate IssuedOn, LocalDate DueOn, long Number = 0, Guid? Order = null)
    : InvoiceEvent, INumberedEvent
{
    [JsonIgnore]
    public string Series => "invoice";

    public IEvent WithNumber(long number) => this with { Number = number };
}

/// <summary>Part of it is settled.</summary>
/// <param name="PaymentId">By which payment; null for the customer's balance.</param>
public sealed record InvoicePartiallyPaid(InvoiceId Id, Money Amount, LocalDate On, PaymentId? PaymentId = null) : InvoiceEvent;

/// <summary>All of it is settled, by this.</summary>
/// <param name="PaymentId">By which payment; null for the customer's balance or a credit note.</param>
/// <param name="Amount">What this brought: the rest that was open.</param>
public sealed record InvoicePaid(InvoiceId Id, PaymentId? PaymentId, Money Amount, LocalDate On) : InvoiceEvent;

public sealed record InvoiceOverdue(InvoiceId Id, LocalDate On) : InvoiceEvent;

/// <summary>It is void: nothing was paid on it, and nothing will be. It keeps its number.</summary>
/// <param name="Period">With the lines, what is taken back.</param>
public sealed record InvoiceCancelled(
    InvoiceId Id, IReadOnlyList<InvoiceLine> Lines, BillingPeriod? Period, Money Total, LocalDate On, string? Reason = null) : InvoiceEvent;

/// <summary>What is open on it will not be paid.</summary>
public sealed record InvoiceWrittenOff(InvoiceId Id, Money Amount, LocalDate On, string? Reason = null) : InvoiceEvent;

/// <summary>A credit note took some of it back.</summary>
/// <param name="Amount">The credit note's total.</param>
/// <param name="Reduces">How much less is to be paid; zero when the money goes back or to the balance.</param>
/// <param name="PerLine">What it took of each line, in their order; then of each that credit notes before it charged.</param>
/// <param name="Charges">What it charged instead, amounts above zero: lines that count on after those; null for nothing.</param>
public sealed record InvoiceCredited(
    InvoiceId Id, CreditNoteId CreditNoteId, Money Amount, Money Reduces, IReadOnlyList<TaxedAmount> PerLine,
    IReadOnlyList<CreditNoteLine>? Charges = null) : InvoiceEvent;
