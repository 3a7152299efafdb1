using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.CreditNotes;

/// <summary>What is taken of each line of an invoice.</summary>
internal sealed record CreditPart(Invoice.Known Invoice, IReadOnlyList<TaxedAmount> PerLine);

/// <summary>Which invoices bear what is given back: the one that charges the days, and those before it for what it cannot bear.</summary>
/// <remarks>
/// An invoice of a change has lines below zero, for lines of the invoice before it. Its total may be less than its lines above zero. Where
/// more is given back than its total, lines below zero are taken back as well, and given back by the invoice before instead.
/// </remarks>
internal sealed class CreditPlan(IStates states, BilledPeriod billed)
{
    private readonly List<CreditPart> parts = [];

    /// <summary>The newest invoice first.</summary>
    /// <param name="charged">What is charged instead on the newest.</param>
    public async ValueTask<IReadOnlyList<CreditPart>> Of(IReadOnlyList<GivenBack> credits, Money charged)
    {
        var wanted = new Dictionary<int, TaxedAmount>();
        foreach (var one in credits)
            wanted[one.Of.Line!.Value] = wanted.TryGetValue(one.Of.Line.Value, out var more) ? more + one.Taken : one.Taken;
        _ = await Place(billed.Invoices.Count - 1, wanted, charged);
        parts.Reverse();
        return parts;
    }

    /// <summary>What of the wanted is given back after all.</summary>
    private async ValueTask<Dictionary<int, TaxedAmount>> Place(int place, Dictionary<int, TaxedAmount> wanted, Money charged)
    {
        if (await states.Of<Invoice, InvoiceEvent>(billed.Invoices[place].Stream) is not Invoice.Known invoice) return new Dictionary<int, TaxedAmount>();
        var zero = TaxedAmount.Zero(charged.Currency);
        var left = await InvoiceRest.Of(states, invoice);
        var room = CreditShares.GrossOf(charged.Currency, left.Select(line => line.Left));
        TaxedAmount[] taken = [.. left.Select((line, i) => wanted.TryGetValue(i, out var want) ? CreditShares.Limited(want, line.Left) : zero)];
        var back = new TaxedAmount[taken.Length];
        Array.Fill(back, zero);
        var tooMuch = CreditShares.GrossOf(charged.Currency, taken) - charged - room;
        if (tooMuch.Amount > 0 && place > 0)
        {
            foreach (var (line, one) in await Before(place, left, tooMuch)) back[line] = -one;
            tooMuch += CreditShares.GrossOf(charged.Currency, back);
        }

        if (tooMuch.Amount > 0) taken = [.. CreditShares.PartOf(taken, CreditShares.GrossOf(charged.Currency, taken) - tooMuch)];
        TaxedAmount[] perLine = [.. taken.Zip(back, (one, other) => one + other)];
        if (perLine.Any(one => one != zero) || charged.Amount != 0) parts.Add(new(invoice, perLine));
        return taken.Index().ToDictionary(one => one.Index, one => one.Item);
    }

    /// <summary>Lets the invoice before bear an amount: of its lines that this one gave back, by the place of the line that did.</summary>
    private async ValueTask<Dictionary<int, TaxedAmount>> Before(int place, IReadOnlyList<CreditableLine> left, Money amount)
    {
        var none = new Dictionary<int, TaxedAmount>();
        if (await states.Of<Invoice, InvoiceEvent>(billed.Invoices[place - 1].Stream) is not Invoice.Known before) return none;
        var gaveBack = billed.GaveBack.ElementAtOrDefault(place - 1) ?? [.. Enumerable.Range(0, before.Lines.Count)];
        var leftBefore = await InvoiceRest.Of(states, before);
        var most = left.Take(gaveBack.Count).Select((line, i) => leftBefore.ElementAtOrDefault(gaveBack[i]) is { } of
            ? CreditShares.Limited(-line.Left, of.Left) : TaxedAmount.Zero(amount.Currency)).ToList();
        var all = CreditShares.GrossOf(amount.Currency, most);
        if (all.Amount <= 0) return none;
        var wanted = CreditShares.PartOf(most, amount < all ? amount : all);
        var placed = await Place(place - 1, wanted.Index().ToDictionary(one => gaveBack[one.Index], one => one.Item), Money.Zero(amount.Currency));
        return wanted.Index().ToDictionary(one => one.Index, one => placed.GetValueOrDefault(gaveBack[one.Index], TaxedAmount.Zero(amount.Currency)));
    }
}
