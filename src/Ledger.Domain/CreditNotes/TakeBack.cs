using Ledger.Domain.Balances;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.CreditNotes;

/// <summary>How what was paid goes back by the way it came, rather than to the balance.</summary>
/// <param name="By">Opaque: who asks.</param>
/// <param name="IsApproved">Whether the one who asks may approve refunds.</param>
internal sealed record RefundWish(string By, bool IsApproved);

/// <summary>Takes back days that a subscription was charged for, from the invoices that charged them, the newest first.</summary>
/// <remarks>
/// What is open is reduced; what was paid goes to the customer's balance, or, where that is wished, as a refund as far as a payment
/// reaches. Never more than is left of the invoices: what was taken back before is not taken back again.
/// </remarks>
internal sealed class TakeBack(IStates states, Subscription.Known subscription, string? reason, LocalDate today, JointDecision decision)
{
    private CustomerBalance? balance;

    /// <param name="credit">What is taken back, below zero: it is what the credit note says when one is enough.</param>
    public async ValueTask Days(InvoiceDraft credit, BillingPeriod days, RefundWish? refund = null)
    {
        var left = -credit.Total;
        foreach (var id in subscription.Billed!.Invoices.Reverse())
        {
            if (left.Amount <= 0) return;
            if (await states.Of<Invoice, InvoiceEvent>(id.Stream) is not Invoice.Known { Status: InvoiceStatus.Paid or InvoiceStatus.Pending or InvoiceStatus.Overdue } invoice) continue;
            var payment = await states.Of<Payment, PaymentEvent>(PaymentId.ForInvoice(id).Stream) as Payment.Known;
            var takes = Least(left, payment is null ? invoice.Creditable : invoice.Creditable - Money.Sum(left.Currency, payment.Reserved.Values));
            if (takes.Amount <= 0) continue;
            left -= takes;
            await From(invoice, payment, takes, credit, days, refund);
        }
    }

    private async ValueTask From(Invoice.Known invoice, Payment.Known? payment, Money amount, InvoiceDraft credit, BillingPeriod days, RefundWish? refund)
    {
        var off = Least(amount, invoice.Open);
        var after = off.Amount > 0 ? await Note(invoice, off, CreditDestination.Invoice, credit, days) : invoice;
        var paid = amount - off;
        if (refund is not null && payment is { IsPaid: true } && Least(paid, payment.Refundable) is { Amount: > 0 } back)
        {
            await Refund(payment, back, days, refund);
            paid -= back;
        }

        if (paid.Amount > 0) _ = await Note(after, paid, CreditDestination.Balance, credit, days);
    }

    private async ValueTask<Invoice.Known> Note(Invoice.Known invoice, Money amount, CreditDestination destination, InvoiceDraft credit, BillingPeriod days)
    {
        var id = new CreditNoteId(DerivedId.Of(subscription.Id.Value, $"credit note {subscription.Adjustments} {invoice.Id.Value} {destination}"));
        _ = await states.OfNew<CreditNote, CreditNoteEvent>(id.Stream);
        var perLine = CreditShares.Of(invoice, amount);
        if (amount == -credit.Total) CreditNoteParts.Issue(id, invoice, perLine, [.. credit.Lines.Select(Mirrored)], destination, reason, today, decision);
        else CreditNoteParts.Issue(id, invoice, perLine, destination, reason, today, decision, days);
        if (destination is CreditDestination.Balance) await Grow(id, amount);
        return (Invoice.Known)Invoice.Evolve(invoice, new InvoiceCredited(
            invoice.Id, id, amount, destination is CreditDestination.Invoice ? amount : Money.Zero(amount.Currency), perLine));
    }

    private async ValueTask Grow(CreditNoteId source, Money amount)
    {
        balance ??= await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(subscription.CustomerId).Stream);
        var grown = balance.Grow(subscription.CustomerId, BalanceSource.CreditNote, source.Value, amount, today);
        balance = CustomerBalance.Evolve(balance, grown);
        _ = decision.Append(grown.Id.Stream, grown);
    }

    private async ValueTask Refund(Payment.Known payment, Money amount, BillingPeriod days, RefundWish wish)
    {
        var id = new RefundId(DerivedId.Of(subscription.Id.Value, $"refund {subscription.Adjustments} {payment.Id.Value}"));
        _ = await states.OfNew<Refund, RefundEvent>(id.Stream);
        _ = new RequestRefund(id, payment.Id, amount, reason, wish.By, wish.IsApproved, today).Ask(payment, amount, decision, days);
    }

    private static CreditNoteLine Mirrored(InvoiceLine line) => new(line.Description, line.TaxRate, -line.Net, -line.Tax, line.Period);

    private static Money Least(Money a, Money b) => a < b ? a : b;
}
