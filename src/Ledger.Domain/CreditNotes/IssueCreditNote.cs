using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;

namespace Ledger.Domain.CreditNotes;

/// <summary>Take back part of what was invoiced: off what is to be paid, or, where it was paid, to the customer's balance.</summary>
/// <remarks>
/// Refuses with <c>invoice_not_found</c>, <c>invoice_cancelled</c>, <c>invoice_not_open</c> for a draft or one written off,
/// <c>amount_not_positive</c>, <c>currency_mismatch</c>, <c>credit_exceeds_invoice</c>,
/// <c>customer_not_found</c> where it would go to the balance of a deleted one. An open invoice is reduced first; what was
/// paid already goes to the balance. Money that is to go back by the way it came is a refund.
/// </remarks>
/// <param name="Amount">With tax; null for all that is left of it.</param>
/// <param name="Period">The days that are taken back; null when it is not for days.</param>
public sealed record IssueCreditNote(
    CreditNoteId Id, InvoiceId InvoiceId, Money? Amount, string? Reason, LocalDate Today, BillingPeriod? Period = null) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<CreditNote, CreditNoteEvent>(Id.Stream) is not CreditNote.Unknown) return JointDecision.Nothing;
        if (await states.Of<Invoice, InvoiceEvent>(InvoiceId.Stream) is not Invoice.Known { Status: not InvoiceStatus.Draft } invoice) return InvoiceRejections.NotFound;
        if (invoice.Status is InvoiceStatus.Cancelled or InvoiceStatus.WrittenOff) return InvoiceRejections.WhyNotOpen(invoice);
        var left = invoice.Creditable - await InvoiceRest.Promised(states, invoice);
        var amount = Amount ?? left;
        if (amount.Currency != invoice.Total.Currency) return Subscriptions.SubscriptionRejections.CurrencyMismatch;
        if (amount > left) return CreditNoteRejections.TooMuch;
        if (amount.Amount <= 0 && !(Amount is null && IsNothingWithLines(invoice))) return BalanceRejections.AmountNotPositive;

        // Half of it may be open and half paid: that takes two notes, and the caller says which amounts.
        if (invoice.IsOpen && amount > invoice.Open) return CreditNoteRejections.TooMuch.With($"{invoice.Open} is open on it.");
        if (!invoice.IsOpen && await ChargeableCustomer.Refusal(states, invoice.CustomerId) is { } gone) return gone;
        return await Issue(states, invoice, amount);
    }

    /// <summary>Whether what is left comes to nothing in all, and not line by line: a document of a change gives back as it charges.</summary>
    private static bool IsNothingWithLines(Invoice.Known invoice) =>
        invoice.Creditable.Amount == 0 && invoice.CreditableLines.Any(line => line.Left.Net.Amount != 0 || line.Left.Tax.Amount != 0);

    private async ValueTask<JointDecision> Issue(IStates states, Invoice.Known invoice, Money amount)
    {
        var decision = new JointDecision();
        var destination = invoice.IsOpen || amount.Amount == 0 ? CreditDestination.Invoice : CreditDestination.Balance;
        CreditNoteParts.Issue(Id, invoice, CreditShares.Of(invoice, amount), destination, Reason, Today, decision, Period);
        if (destination is CreditDestination.Invoice) return decision;

        var balance = await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(invoice.CustomerId).Stream);
        var grown = balance.Grow(invoice.CustomerId, BalanceSource.CreditNote, Id.Value, amount, Today);
        return decision.Append(grown.Id.Stream, grown);
    }
}

/// <summary>The events of a credit note: its own, and what it does to its invoice.</summary>
internal static class CreditNoteParts
{
    public static void Issue(
        CreditNoteId id, Invoice.Known invoice, IReadOnlyList<TaxedAmount> perLine, CreditDestination destination, string? reason,
        LocalDate on, JointDecision decision, BillingPeriod? period = null, Guid? refund = null)
    {
        var lines = invoice.CreditableLines
            .Zip(perLine, (line, taken) => new CreditNoteLine(line.Description, line.TaxRate, taken.Net, taken.Tax, period))
            .Where(line => line.Net.Amount != 0 || line.Tax.Amount != 0);
        Issue(id, invoice, perLine, [.. lines], destination, reason, on, decision, refund);
    }

    /// <param name="lines">What the note itself says; they add up to what it takes of the invoice's lines, less what it charges.</param>
    /// <param name="charges">What it charges instead; null for nothing.</param>
    public static void Issue(
        CreditNoteId id, Invoice.Known invoice, IReadOnlyList<TaxedAmount> perLine, IReadOnlyList<CreditNoteLine> lines,
        CreditDestination destination, string? reason, LocalDate on, JointDecision decision, Guid? refund = null,
        IReadOnlyList<CreditNoteLine>? charges = null)
    {
        var currency = invoice.Total.Currency;
        var net = Money.Sum(currency, lines.Select(one => one.Net));
        var tax = Money.Sum(currency, lines.Select(one => one.Tax));
        var total = net + tax;
        var reduces = destination is CreditDestination.Invoice ? total : Money.Zero(currency);
        _ = decision
            .Append(id.Stream, new CreditNoteIssued(id, invoice.Id, invoice.CustomerId, destination, lines, net, tax, total, on, reason, refund))
            .Append(invoice.Id.Stream, new InvoiceCredited(invoice.Id, id, total, reduces, perLine, charges));
        if (reduces.Amount > 0 && reduces >= invoice.Open)
            _ = decision.Append(invoice.Id.Stream, new InvoicePaid(invoice.Id, PaymentId: null, Money.Zero(currency), on));
    }
}
