using Ledger.Domain.Amounts;
using Ledger.Domain.Invoices;

namespace Ledger.Application.Documents;

/// <summary>What an invoice says on paper.</summary>
internal static class InvoicePaper
{
    public static Paper Of(Invoice.Known invoice, PaperFrame frame)
    {
        var (words, language) = (frame.Words, frame.Language);
        var isDraft = invoice.Status is InvoiceStatus.Draft;
        List<Fact> facts = [new(words.Date, language.Of(invoice.IssuedOn))];
        if (!isDraft) facts.Add(new(words.DueOn, language.Of(invoice.DueOn)));
        if (invoice.Period is { } period) facts.Add(new(words.Period, language.Of(period)));
        if (words.Statuses.TryGetValue(invoice.Status, out var status)) facts.Add(new(words.Status, status));

        List<PaperTable> tables = [Lines(invoice, frame), Sums(invoice, frame)];
        if (invoice.Lines.Any(line => line.Tax.Amount != 0)) tables.Add(frame.Taxes(invoice.Lines.Select(line => (line.TaxRate, line.Net, line.Tax)), invoice.Total.Currency));
        if (invoice.Settlements.Count > 0) tables.Add(Payments(invoice, frame));
        IEnumerable<string> notes = invoice.PricesIncludeTax && invoice.Tax.Amount != 0 ? [words.TaxIncluded] : [];
        return frame.Paper(
            isDraft ? words.Draft : words.Invoice, isDraft ? null : InvoiceNumbers.Of(invoice.Number), invoice.IssuedOn, facts, tables,
            [.. notes, .. frame.Remarks]);
    }

    private static PaperTable Lines(Invoice.Known invoice, PaperFrame frame)
    {
        var (words, language) = (frame.Words, frame.Language);
        var hasDiscount = invoice.Lines.Any(line => line.Discount is { Amount: not 0 });
        List<PaperColumn> columns =
        [
            new(words.Description, IsNumber: false), new(words.Quantity, IsNumber: true), new(words.UnitPrice, IsNumber: true),
            new(words.TaxRate, IsNumber: true), new(words.Amount, IsNumber: true),
        ];
        if (hasDiscount) columns.Insert(3, new(words.Discount, IsNumber: true));
        return new(null, columns, [.. invoice.Lines.Select(line =>
        {
            var days = line.Period is { } own && own != invoice.Period ? $" ({language.Of(own)})" : "";
            List<string> cells =
            [
                line.Description + days, language.Of(line.Quantity), language.Of(line.UnitPrice), language.Of(line.TaxRate),
                language.Of(line.Discount is { } off ? line.Amount - off : line.Amount),
            ];
            if (hasDiscount) cells.Insert(3, line.Discount is { Amount: not 0 } discount ? language.Of(-discount) : "");
            return new PaperRow(cells);
        })]);
    }

    private static PaperTable Sums(Invoice.Known invoice, PaperFrame frame)
    {
        var words = frame.Words;
        List<(string, Money, bool)> rows = [(words.Net, invoice.Net, false), (words.Tax, invoice.Tax, false), (words.Total, invoice.Total, true)];
        if (invoice.Settled.Amount != 0) rows.Add((words.Paid, -invoice.Settled, false));
        if (invoice.Reduced.Amount != 0) rows.Add((words.Credited, -invoice.Reduced, false));
        rows.Add((words.Due, invoice.Open, true));
        return frame.Sums(rows);
    }

    private static PaperTable Payments(Invoice.Known invoice, PaperFrame frame) => new(
        frame.Words.Payments,
        [new(frame.Words.Date, IsNumber: false), new(frame.Words.PaymentMethod, IsNumber: false), new(frame.Words.Amount, IsNumber: true)],
        [.. invoice.Settlements.Select(one => new PaperRow(
            [frame.Language.Of(one.On), one.PaymentId is { } id ? $"{frame.Words.Reference} {id.Value}" : frame.Words.Balance, frame.Language.Of(one.Amount)]))]);
}
