using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;

namespace Ledger.Application.Documents;

/// <summary>What a credit note says on paper.</summary>
internal static class CreditNotePaper
{
    public static Paper Of(CreditNoteIssued note, Invoice.Known invoice, PaperFrame frame)
    {
        var (words, language) = (frame.Words, frame.Language);
        List<Fact> facts =
        [
            new(words.Date, language.Of(note.IssuedOn)), new(words.OfInvoice, InvoiceNumbers.Of(invoice.Number)),
        ];
        var lines = new PaperTable(
            null,
            [
                new(words.Description, IsNumber: false), new(words.TaxRate, IsNumber: true), new(words.Net, IsNumber: true), new(words.Tax, IsNumber: true),
                new(words.Amount, IsNumber: true),
            ],
            [.. note.Lines.Select(line => new PaperRow(
            [
                line.Period is { } days ? $"{line.Description} ({language.Of(days)})" : line.Description, language.Of(line.TaxRate),
                language.Of(-line.Net), language.Of(-line.Tax), language.Of(-line.Gross),
            ]))]);
        var sums = frame.Sums([(words.Net, -note.Net, false), (words.Tax, -note.Tax, false), (words.Total, -note.Total, true)]);
        List<PaperTable> tables = [lines, sums];
        if (note.Tax.Amount != 0) tables.Add(frame.Taxes(note.Lines.Select(line => (line.TaxRate, -line.Net, -line.Tax)), note.Total.Currency));
        IEnumerable<string> notes = note.Reason is { } reason ? [$"{words.Reason}: {reason}"] : [];
        return frame.Paper(words.CreditNote, CreditNoteNumbers.Of(note.Number), note.IssuedOn, facts, tables, [.. notes, .. frame.Remarks]);
    }
}
