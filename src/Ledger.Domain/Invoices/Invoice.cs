using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

public enum InvoiceStatus { Draft, Pending, Paid, Overdue, Cancelled, WrittenOff }

/// <summary>An invoice, as it stands now.</summary>
public abstract record Invoice : IState<Invoice, InvoiceEvent>
{
    private Invoice() { }

    public sealed record Unknown : Invoice;

    public sealed record Known(
        InvoiceId Id, long Number, CustomerId CustomerId, SubscriptionId? SubscriptionId, BillingPeriod? Period,
        IReadOnlyList<InvoiceLine> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total, LocalDate IssuedOn, LocalDate DueOn,
        InvoiceStatus Status, LocalDate? PaidOn, PaymentId? PaymentId) : Invoice
    {
        public bool IsOpen => Status is InvoiceStatus.Pending or InvoiceStatus.Overdue;
    }

    public static Invoice Initial { get; } = new Unknown();

    public static Invoice Evolve(Invoice state, InvoiceEvent @event) => @event switch
    {
        InvoiceIssued issued => new Known(
            issued.Id, issued.Number, issued.CustomerId, issued.SubscriptionId, issued.Period, issued.Lines, issued.PricesIncludeTax,
            issued.Net, issued.Tax, issued.Total, issued.IssuedOn, issued.DueOn, InvoiceStatus.Pending, PaidOn: null, PaymentId: null),
        InvoicePaid paid => (Known)state with { Status = InvoiceStatus.Paid, PaidOn = paid.On, PaymentId = paid.PaymentId },
        InvoiceOverdue => (Known)state with { Status = InvoiceStatus.Overdue },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" an invoice can say.</summary>
public static class InvoiceRejections
{
    public static readonly Rejection NotFound = new("invoice_not_found", RejectionKind.NotFound, "No invoice has this id.");
}
