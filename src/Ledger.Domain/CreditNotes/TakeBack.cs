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

/// <summary>Takes back days that a subscription was charged for, from the lines that charged them.</summary>
/// <remarks>
/// What is open is reduced; what was paid goes to the customer's balance, or, where that is wished, as a refund as far as a payment
/// reaches. Never more than is left of a line. An invoice that also gave back lines of the one before it may have less left than its
/// lines above zero: then those are given back by the invoice before.
/// </remarks>
internal sealed class TakeBack(IStates states, Subscription.Known subscription, string? reason, LocalDate today, JointDecision decision)
{
    private CustomerBalance? balance;

    /// <param name="credits">What is given back.</param>
    /// <param name="charges">What is charged instead, of less than that.</param>
    public async ValueTask Days(IReadOnlyList<GivenBack> credits, IReadOnlyList<InvoiceLine> charges, RefundWish? refund = null)
    {
        var billed = subscription.Billed!;
        var parts = await new CreditPlan(states, billed).Of(credits, CreditShares.GrossOf(subscription.Currency, charges.Select(line => new TaxedAmount(line.Net, line.Tax))));
        foreach (var (place, part) in parts.Index()) await From(part, place == 0 ? charges : [], credits, refund);
    }

    private async ValueTask From(CreditPart part, IReadOnlyList<InvoiceLine> charges, IReadOnlyList<GivenBack> credits, RefundWish? refund)
    {
        var invoice = part.Invoice;
        var currency = invoice.Total.Currency;
        var taking = new Taking(
            [.. part.PerLine, .. charges.Select(line => -new TaxedAmount(line.Net, line.Tax))],
            [.. invoice.CreditableLines.Select(line => (line.Description, line.TaxRate, (BillingPeriod?)credits[0].Days)), .. charges.Select(line => (line.Description, line.TaxRate, line.Period))],
            charges.Count);
        var left = CreditShares.GrossOf(currency, taking.PerLine);
        var off = Least(left, invoice.Open);
        if (off.Amount > 0 || left.Amount == 0) taking = await Note(invoice, taking, off, CreditDestination.Invoice);
        left -= off;
        var payment = await states.Of<Payment, PaymentEvent>(PaymentId.ForInvoice(invoice.Id).Stream) as Payment.Known;
        if (refund is not null && payment is { IsPaid: true } && Least(left, payment.Refundable) is { Amount: > 0 } back)
        {
            var given = CreditShares.PartOf(taking.PerLine, back);
            await Refund(payment, back, credits[0].Days, refund, given);
            taking = taking.Less(given);
            left -= back;
        }

        if (left.Amount > 0) _ = await Note(invoice, taking, left, CreditDestination.Balance);
    }

    /// <summary>Issues a credit note of an amount of what is to be taken; and says what is to be taken after it.</summary>
    private async ValueTask<Taking> Note(Invoice.Known invoice, Taking taking, Money amount, CreditDestination destination)
    {
        var id = new CreditNoteId(DerivedId.Of(subscription.Id.Value, $"credit note {subscription.Adjustments} {invoice.Id.Value} {destination}"));
        _ = await states.OfNew<CreditNote, CreditNoteEvent>(id.Stream);
        var part = CreditShares.PartOf(taking.PerLine, amount);
        var own = part.Count - taking.New;
        CreditNoteLine Line(int i, TaxedAmount of) => new(taking.Names[i].Description, taking.Names[i].TaxRate, of.Net, of.Tax, taking.Names[i].Period);
        // The first note charges all that is new, though it says a part of it, so that the line is known by what was charged, however it is paid.
        CreditNoteParts.Issue(
            id, invoice, [.. part.Take(own), .. part.Skip(own).Zip(taking.PerLine.Skip(own), (one, all) => one - all)],
            [.. part.Select((one, i) => Line(i, one)).Where(line => line.Net.Amount != 0 || line.Tax.Amount != 0)],
            destination, reason, today, decision,
            charges: taking.New == 0 ? null : [.. taking.PerLine.Skip(own).Select((all, i) => Line(own + i, -all))]);
        if (destination is CreditDestination.Balance) await Grow(id, amount);
        return taking.Less(part) with { New = 0 };
    }

    private async ValueTask Grow(CreditNoteId source, Money amount)
    {
        balance ??= await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(subscription.CustomerId).Stream);
        var grown = balance.Grow(subscription.CustomerId, BalanceSource.CreditNote, source.Value, amount, today);
        balance = CustomerBalance.Evolve(balance, grown);
        _ = decision.Append(grown.Id.Stream, grown);
    }

    private async ValueTask Refund(Payment.Known payment, Money amount, BillingPeriod days, RefundWish wish, IReadOnlyList<TaxedAmount> perLine)
    {
        var id = new RefundId(DerivedId.Of(subscription.Id.Value, $"refund {subscription.Adjustments} {payment.Id.Value}"));
        _ = await states.OfNew<Refund, RefundEvent>(id.Stream);
        _ = new RequestRefund(id, payment.Id, amount, reason, wish.By, wish.IsApproved, today).Ask(payment, amount, decision, days, perLine);
    }

    private static Money Least(Money a, Money b) => a < b ? a : b;

    /// <summary>What is to be taken of each line of an invoice; the last of them are new.</summary>
    private sealed record Taking(
        IReadOnlyList<TaxedAmount> PerLine, IReadOnlyList<(string Description, TaxRate TaxRate, BillingPeriod? Period)> Names, int New)
    {
        public Taking Less(IReadOnlyList<TaxedAmount> taken) => this with { PerLine = [.. PerLine.Zip(taken, (all, gone) => all - gone)] };
    }
}
