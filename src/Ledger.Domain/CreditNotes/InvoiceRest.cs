using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;

namespace Ledger.Domain.CreditNotes;

/// <summary>What can be taken back of an invoice.</summary>
internal static class InvoiceRest
{
    /// <summary>What is left of each line, less what refunds that are under way will take; empty where nothing can be taken back.</summary>
    public static async ValueTask<IReadOnlyList<CreditableLine>> Of(IStates states, Invoice.Known invoice)
    {
        if (invoice.Status is not (InvoiceStatus.Paid or InvoiceStatus.Pending or InvoiceStatus.Overdue)) return [];
        var (lines, promised) = (invoice.CreditableLines, await Promised(states, invoice));
        if (promised.Amount <= 0) return lines;
        if (promised >= invoice.Creditable) return [];
        return [.. lines.Zip(CreditShares.Of(lines, promised), (line, gone) => line with { Left = line.Left - gone })];
    }

    /// <summary>What refunds that are under way will take, of whatever paid it or was to pay it.</summary>
    public static async ValueTask<Money> Promised(IStates states, Invoice.Known invoice)
    {
        var sum = Money.Zero(invoice.Total.Currency);
        foreach (var id in new[] { PaymentId.ForInvoice(invoice.Id), invoice.PaymentId ?? PaymentId.ForInvoice(invoice.Id) }.Distinct())
        {
            if (await states.Of<Payment, PaymentEvent>(id.Stream) is Payment.Known payment && payment.InvoiceId == invoice.Id)
                sum = payment.Reserved.Values.Aggregate(sum, (all, one) => all + one);
        }

        return sum;
    }
}
