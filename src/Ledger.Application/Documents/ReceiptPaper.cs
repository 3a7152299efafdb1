using Ledger.Domain.Invoices;

namespace Ledger.Application.Documents;

/// <summary>What a receipt for a payment says on paper.</summary>
internal static class ReceiptPaper
{
    /// <param name="invoice">What was paid, where it was an invoice.</param>
    public static Paper Of(Payment.Known payment, Invoice.Known? invoice, PaperFrame frame)
    {
        var (words, language) = (frame.Words, frame.Language);
        var paidOn = invoice?.Settlements.LastOrDefault(one => one.PaymentId == payment.Id)?.On ?? payment.LastAttemptOn;
        List<Fact> facts = [new(words.Date, language.Of(paidOn))];
        if (invoice is { Status: not InvoiceStatus.Draft }) facts.Add(new(words.OfInvoice, InvoiceNumbers.Of(invoice.Number)));
        if (payment.Card is { } card) facts.Add(new(words.Card, $"{card.Brand} •••• {card.Last4}"));
        if (payment.Provider is { } provider) facts.Add(new(words.PaymentMethod, provider));
        facts.Add(new(words.Reference, payment.Id.Value.ToString("N")));

        var bought = invoice is null
            ? [new PaperRow([words.Moves["payment_captured"], language.Of(payment.Captured)])]
            : invoice.Lines.Select(line => new PaperRow([line.Description, language.Of(line.Gross)])).ToArray();
        var table = new PaperTable(null, [new(words.Description, IsNumber: false), new(words.Amount, IsNumber: true)], bought);
        var sums = payment.Refunded.Amount == 0
            ? frame.Sums([(words.Paid, payment.Captured, true)])
            : frame.Sums([(words.Paid, payment.Captured, false), (words.Refunded, -payment.Refunded, false), (words.Total, payment.Captured - payment.Refunded, true)]);
        return frame.Paper(words.Receipt, null, paidOn, facts, [table, sums], []);
    }
}
