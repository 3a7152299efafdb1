using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;

namespace Ledger.Projections.Figures;

/// <summary>What invoices and credit notes count for: what is open by the day it is due, what was invoiced, tax by rate.</summary>
internal static class InvoiceFigures
{
    public static IEnumerable<Figure> Of(InvoiceEvent @event, Guid id, IFigureStates<KnownThing> states) => @event switch
    {
        InvoiceIssued one => Issued(one, id, states),
        InvoicePartiallyPaid one => Settle(id, states, one.Amount.Amount, isOver: false),
        InvoicePaid one => Settle(id, states, one.Amount.Amount, isOver: true),
        InvoiceCredited one => Settle(id, states, one.Reduces.Amount, isOver: false),
        InvoiceWrittenOff one => [.. Settle(id, states, one.Amount.Amount, isOver: true), new(Measure.Invoiced, "written_off", one.Amount.Currency.Code, 1, one.Amount.Amount)],
        InvoiceCancelled one =>
        [
            .. Settle(id, states, one.Total.Amount, isOver: true), new(Measure.Invoiced, "voided", one.Total.Currency.Code, 1, one.Total.Amount),
            .. Taxes(one.Lines.Select(line => (line.TaxRate, line.Net, line.Tax)), -1),
        ],
        _ => [],
    };

    public static IEnumerable<Figure> Of(CreditNoteIssued note) =>
    [
        new(Measure.Invoiced, "credited", note.Total.Currency.Code, 1, note.Total.Amount),
        .. Taxes(note.Lines.Select(line => (line.TaxRate, line.Net, line.Tax)), -1),
    ];

    private static List<Figure> Issued(InvoiceIssued issued, Guid id, IFigureStates<KnownThing> states)
    {
        var currency = issued.Total.Currency.Code;
        states[id] = new KnownInvoice(issued.DueOn, currency, issued.Total.Amount);
        return
        [
            new(Measure.Receivable, Dimensions.Of(issued.DueOn), currency, 1, issued.Total.Amount),
            new(Measure.Invoiced, "issued", currency, 1, issued.Total.Amount),
            .. Taxes(issued.Lines.Select(line => (line.TaxRate, line.Net, line.Tax)), 1),
        ];
    }

    private static IEnumerable<Figure> Settle(Guid id, IFigureStates<KnownThing> states, long amount, bool isOver)
    {
        if (states[id] is not KnownInvoice known) return [];   // Nothing was open any more.
        var gone = isOver ? known.Open : amount;
        states[id] = isOver ? null : known with { Open = known.Open - amount };
        return [new(Measure.Receivable, Dimensions.Of(known.DueOn), known.Currency, isOver ? -1 : 0, -gone)];
    }

    private static IEnumerable<Figure> Taxes(IEnumerable<(TaxRate Rate, Money Net, Money Tax)> lines, int sign)
    {
        foreach (var rate in lines.GroupBy(line => (line.Rate, line.Net.Currency)))
        {
            var (name, currency) = (rate.Key.Rate.ToString(), rate.Key.Currency.Code);
            yield return new(Measure.Tax, name, currency, sign, sign * rate.Sum(line => line.Tax.Amount));
            yield return new(Measure.Taxable, name, currency, sign, sign * rate.Sum(line => line.Net.Amount));
        }
    }
}
