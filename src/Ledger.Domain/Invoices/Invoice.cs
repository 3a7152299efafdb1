using Ledger.Domain.CreditNotes;
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

    /// <param name="Number">0 while it is a draft.</param>
    /// <param name="IssuedOn">Of a draft: the day it was made.</param>
    public sealed record Known(
        InvoiceId Id, long Number, CustomerId CustomerId, SubscriptionId? SubscriptionId, BillingPeriod? Period,
        IReadOnlyList<InvoiceLine> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total, LocalDate IssuedOn, LocalDate DueOn,
        InvoiceStatus Status, LocalDate? PaidOn, PaymentId? PaymentId) : Invoice
    {
        public Guid? Order { get; init; }

        /// <summary>What payments and the balance have settled.</summary>
        public Money Settled { get; init; } = Money.Zero(Total.Currency);

        /// <summary>What credit notes took back, whatever became of the money.</summary>
        public Money Credited { get; init; } = Money.Zero(Total.Currency);

        /// <summary>What credit notes took off what is to be paid.</summary>
        public Money Reduced { get; init; } = Money.Zero(Total.Currency);

        /// <summary>What credit notes took of each line, and of each of <see cref="Charges"/> after them; empty before the first.</summary>
        public IReadOnlyList<TaxedAmount> CreditedPerLine { get; init; } = [];

        /// <summary>What credit notes charged instead of what they took back.</summary>
        public IReadOnlyList<CreditNoteLine> Charges { get; init; } = [];

        /// <summary>What settled it, in the order in which it came.</summary>
        public IReadOnlyList<InvoiceSettlement> Settlements { get; init; } = [];

        /// <summary>What of the settled the customer's balance paid.</summary>
        public Money FromBalance => Money.Sum(Total.Currency, Settlements.Where(one => one.PaymentId is null).Select(one => one.Amount));

        public bool IsOpen => Status is InvoiceStatus.Pending or InvoiceStatus.Overdue;

        /// <summary>Whether it is open after the last day on which it is paid in time.</summary>
        /// <remarks>A question of the day alone: that <see cref="InvoiceOverdue"/> comes late, or never, changes nothing.</remarks>
        public bool IsOverdueOn(LocalDate today) => IsOpen && (Status is InvoiceStatus.Overdue || DueOn < today);

        /// <summary>The same, as it is on a day.</summary>
        public Known On(LocalDate today) => IsOverdueOn(today) ? this with { Status = InvoiceStatus.Overdue } : this;

        /// <summary>That it fell overdue, as soon as it has; null before that, and once it was said.</summary>
        internal InvoiceOverdue? FallsOverdue(LocalDate today) =>
            Status is InvoiceStatus.Pending && IsOverdueOn(today) ? new(Id, today) : null;

        /// <summary>What is still to be paid.</summary>
        public Money Open => IsOpen ? Total - Settled - Reduced : Money.Zero(Total.Currency);

        /// <summary>What a credit note can still take back.</summary>
        public Money Creditable => Total - Credited;

        /// <summary>Its lines, and those that credit notes added, with what is left of each.</summary>
        public IReadOnlyList<CreditableLine> CreditableLines => CreditableLine.Of(this);
    }

    public static Invoice Initial { get; } = new Unknown();

    public static Invoice Evolve(Invoice state, InvoiceEvent @event) => @event switch
    {
        InvoiceDrafted drafted => new Known(
            drafted.Id, Number: 0, drafted.CustomerId, SubscriptionId: null, Period: null, drafted.Lines, drafted.PricesIncludeTax, drafted.Net,
            drafted.Tax, drafted.Total, drafted.On, drafted.On.PlusDays(drafted.DueDays), InvoiceStatus.Draft, PaidOn: null, PaymentId: null),
        InvoiceIssued issued => new Known(
            issued.Id, issued.Number, issued.CustomerId, issued.SubscriptionId, issued.Period, issued.Lines, issued.PricesIncludeTax,
            issued.Net, issued.Tax, issued.Total, issued.IssuedOn, issued.DueOn, InvoiceStatus.Pending, PaidOn: null, PaymentId: null)
        {
            Order = issued.Order,
        },
        InvoicePartiallyPaid part => Settle((Known)state, part.Amount, part.On, part.PaymentId),
        InvoicePaid paid => Settle((Known)state, paid.Amount, paid.On, paid.PaymentId) with
        {
            Status = InvoiceStatus.Paid, PaidOn = paid.On, PaymentId = paid.PaymentId,
        },
        InvoiceOverdue => (Known)state with { Status = InvoiceStatus.Overdue },
        InvoiceCancelled => (Known)state with { Status = InvoiceStatus.Cancelled },
        InvoiceWrittenOff => (Known)state with { Status = InvoiceStatus.WrittenOff },
        InvoiceCredited credited => Credit((Known)state, credited),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Settle(Known state, Money amount, LocalDate on, PaymentId? payment) => state with
    {
        Settled = state.Settled + amount,
        Settlements = amount.Amount == 0 ? state.Settlements : [.. state.Settlements, new(amount, on, payment)],
    };

    private static Known Credit(Known state, InvoiceCredited credited) => state with
    {
        Credited = state.Credited + credited.Amount, Reduced = state.Reduced + credited.Reduces,
        CreditedPerLine = Sum(state.CreditedPerLine, credited.PerLine),
        Charges = credited.Charges is { } more ? [.. state.Charges, .. more] : state.Charges,
    };

    private static IReadOnlyList<TaxedAmount> Sum(IReadOnlyList<TaxedAmount> before, IReadOnlyList<TaxedAmount> now) =>
    [
        .. before.Zip(now, (a, b) => a + b), .. before.Skip(now.Count), .. now.Skip(before.Count),
    ];
}

/// <param name="PaymentId">By which payment; null for the customer's balance.</param>
public sealed record InvoiceSettlement(Money Amount, LocalDate On, PaymentId? PaymentId);

/// <summary>Every "no" an invoice can say.</summary>
public static class InvoiceRejections
{
    public static readonly Rejection NotFound = new("invoice_not_found", RejectionKind.NotFound, "Invoice not found");

    public static readonly Rejection AlreadyPaid = new("invoice_already_paid", RejectionKind.Conflict, "Invoice already paid");

    public static readonly Rejection Cancelled = new("invoice_cancelled", RejectionKind.Conflict, "The invoice is void.");

    public static readonly Rejection NotOpen = new("invoice_not_open", RejectionKind.Conflict, "Nothing is to be paid on this invoice.");

    public static readonly Rejection PartlyPaid = new(
        "invoice_partly_paid", RejectionKind.Conflict, "Something was paid on this invoice. Refund it first, or issue a credit note.");

    public static readonly Rejection OfSubscription = new(
        "invoice_of_subscription", RejectionKind.Conflict, "The invoice is of a period of a running subscription. Cancel the subscription first.");

    public static readonly Rejection LinesRequired = new(
        "invoice_lines_required", RejectionKind.Unprocessable, "An invoice needs at least one line, and a total above zero.");

    /// <summary>Why nothing can be paid on it.</summary>
    public static Rejection WhyNotOpen(Invoice.Known invoice) => invoice.Status switch
    {
        InvoiceStatus.Paid => AlreadyPaid,
        InvoiceStatus.Cancelled => Cancelled,
        _ => NotOpen,
    };
}
