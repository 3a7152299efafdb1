using Ledger.Domain.Tests.CreditNotes;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Whether invoices, credit notes and the journal say the same of what was charged and given back.</summary>
internal sealed class DocumentCheck(Shelf shelf, int seed)
{
    private static readonly LocalDate Forever = new(2200, 1, 1);
    private readonly Dictionary<(StreamId Stream, Type Type), object> folded = [];
    private readonly Dictionary<InvoiceId, List<CreditNoteIssued>> notes = [];
    private readonly Dictionary<InvoiceId, InvoiceIssued> issued = [];
    private readonly Dictionary<string, long> booked = [];
    private readonly Dictionary<string, long> spread = [];
    private int seen;

    public IEnumerable<Payment.Known> Payments() => All<Payment.Known>();

    public IEnumerable<Invoice.Known> Invoices() => All<Invoice.Known>();

    /// <summary>What happened since the last time, and all that it touched.</summary>
    public void All()
    {
        var touched = new HashSet<InvoiceId>();
        foreach (var (stream, happened) in shelf.Ledger.Log.Skip(seen).ToList())
        {
            seen++;
            Fold(stream, happened);
            Book(happened);
            switch (happened)
            {
                case InvoiceIssued one: issued[one.Id] = one; Adds(one); _ = touched.Add(one.Id); break;
                case CreditNoteIssued one: NotesOf(one.InvoiceId).Add(one); Adds(one); _ = touched.Add(one.InvoiceId); break;
                case InvoiceEvent when stream.Category == "invoice": _ = touched.Add(InvoiceId.From(stream.Id)); break;
                default: break;
            }
        }

        foreach (var id in touched.Where(issued.ContainsKey)) NeverMoreThanInvoiced(Invoice(id));
        TheJournalSaysWhatTheDocumentsSay();
    }

    /// <summary>Of no invoice anything is left: neither of a line nor of a rate, without tax or with; nor in the books.</summary>
    public void NothingIsLeft()
    {
        var zero = TaxedAmount.Zero(shelf.Currency);
        foreach (var invoice in Invoices().Where(one => one.Status is InvoiceStatus.Paid or InvoiceStatus.Pending or InvoiceStatus.Overdue))
        {
            invoice.Creditable.Amount.ShouldBe(0, $"{invoice.Id}, {Told}");
            invoice.CreditableLines.ShouldAllBe(line => line.Left == zero, $"{invoice.Id}, {Told}");
        }
    }

    private void Adds(InvoiceIssued one)
    {
        one.Lines.Sum(line => line.Net.Amount).ShouldBe(one.Net.Amount, Told);
        one.Lines.Sum(line => line.Tax.Amount).ShouldBe(one.Tax.Amount, Told);
        (one.Net + one.Tax).ShouldBe(one.Total, Told);
        one.Total.Amount.ShouldBeGreaterThanOrEqualTo(0, Told);
        foreach (var line in one.Lines)
        {
            var left = line.Discount is { } off ? line.Amount - off : line.Amount;
            left.ShouldBe(one.PricesIncludeTax ? line.Gross : line.Net, $"{line}, {Told}");
            (Math.Sign(line.Net.Amount) * Math.Sign(line.Tax.Amount)).ShouldBeGreaterThanOrEqualTo(0, $"{line}, {Told}");
        }
    }

    private void Adds(CreditNoteIssued one)
    {
        one.Lines.Sum(line => line.Net.Amount).ShouldBe(one.Net.Amount, Told);
        one.Lines.Sum(line => line.Tax.Amount).ShouldBe(one.Tax.Amount, Told);
        (one.Net + one.Tax).ShouldBe(one.Total, Told);
        one.Total.Amount.ShouldBeGreaterThanOrEqualTo(0, Told);
    }

    private void NeverMoreThanInvoiced(Invoice.Known invoice)
    {
        var (back, told) = (NotesOf(invoice.Id), $"invoice {invoice.Id}, {Told}");
        back.Sum(note => note.Total.Amount).ShouldBe(invoice.Credited.Amount, told);
        invoice.Creditable.Amount.ShouldBeGreaterThanOrEqualTo(0, told);
        invoice.Open.Amount.ShouldBeGreaterThanOrEqualTo(0, told);
        Money.Sum(shelf.Currency, invoice.CreditableLines.Select(line => line.Left.Gross)).ShouldBe(invoice.Creditable, told);
        foreach (var line in invoice.CreditableLines)
        {
            Within(line.Left.Net, line.Charged.Net, invoice.Charges.Count > 0, told);
            Within(line.Left.Tax, line.Charged.Tax, invoice.Charges.Count > 0, told);
        }

        foreach (var rate in back.SelectMany(note => note.Lines).GroupBy(line => line.TaxRate))
        {
            var lines = invoice.CreditableLines.Where(line => line.TaxRate == rate.Key).ToList();
            rate.Sum(line => line.Net.Amount).ShouldBe(Taken(invoice, lines, one => one.Net), told);
            rate.Sum(line => line.Tax.Amount).ShouldBe(Taken(invoice, lines, one => one.Tax), told);
            if (invoice.Lines.Any(line => line.Net.Amount < 0)) continue;
            rate.Sum(line => line.Net.Amount).ShouldBeLessThanOrEqualTo(issued[invoice.Id].Lines.Where(line => line.TaxRate == rate.Key).Sum(line => line.Net.Amount), told);
            rate.Sum(line => line.Tax.Amount).ShouldBeLessThanOrEqualTo(issued[invoice.Id].Lines.Where(line => line.TaxRate == rate.Key).Sum(line => line.Tax.Amount), told);
        }
    }

    /// <summary>What was taken of lines, less what credit notes charged by them.</summary>
    private static long Taken(Invoice.Known invoice, List<CreditableLine> lines, Func<TaxedAmount, Money> of) =>
        lines.Sum(line => of(line.Charged).Amount - of(line.Left).Amount)
        - invoice.Charges.Where(line => line.TaxRate == lines[0].TaxRate).Sum(line => of(new(line.Net, line.Tax)).Amount);

    /// <param name="mayGrow">A line that a credit note added may be charged by the next one as well, in parts.</param>
    private static void Within(Money left, Money charged, bool mayGrow, string told)
    {
        if (charged.Amount >= 0) (left.Amount >= 0 && (mayGrow || left <= charged)).ShouldBeTrue($"{left} of {charged}, {told}");
        else (left.Amount <= 0 && left >= charged).ShouldBeTrue($"{left} of {charged}, {told}");
    }

    private void TheJournalSaysWhatTheDocumentsSay()
    {
        var live = issued.Values.Where(one => Invoice(one.Id).Status is not InvoiceStatus.Cancelled).ToList();
        var back = notes.Values.SelectMany(one => one).ToList();
        booked.GetValueOrDefault(Account.Unapplied).ShouldBe(0, Told);
        booked.GetValueOrDefault(Account.Receivable).ShouldBe(Invoices().Sum(one => one.Open.Amount), Told);
        booked.GetValueOrDefault(Account.Tax).ShouldBe(-live.Sum(one => one.Tax.Amount) + back.Sum(one => one.Tax.Amount), Told);
        booked.GetValueOrDefault(Account.CustomerBalances).ShouldBe(-Balance.Amount, Told);
        long Earned(string account) => booked.GetValueOrDefault(account) + spread.GetValueOrDefault(account);
        Earned(Account.DeferredRevenue).ShouldBe(0, Told);
        Earned(Account.Discounts).ShouldBe(live.Sum(one => one.Lines.Sum(line => line.NetDiscount?.Amount ?? 0)), Told);
        (Earned(Account.Revenue) + Earned(Account.Discounts) + Earned(Account.Refunds))
            .ShouldBe(-live.Sum(one => one.Net.Amount) + back.Sum(one => one.Net.Amount), Told);
    }

    private Money Balance => All<CustomerBalance>().SingleOrDefault()?.In(shelf.Currency) ?? shelf.Amount(0);

    private void Book(IEvent happened)
    {
        if (Journal.Of(happened) is not { } entry) return;
        entry.Unbalanced().ShouldBeEmpty(Told);
        foreach (var one in entry.Postings) booked[one.Account] = booked.GetValueOrDefault(one.Account) + one.Amount;
        foreach (var one in entry.Spread)
        {
            spread[one.From] = spread.GetValueOrDefault(one.From) + one.MovedBy(Forever);
            spread[one.To] = spread.GetValueOrDefault(one.To) - one.MovedBy(Forever);
        }
    }

    private void Fold(StreamId stream, IEvent happened)
    {
        switch (happened)
        {
            case InvoiceEvent one: Fold(stream, Domain.Invoices.Invoice.Initial, one, Domain.Invoices.Invoice.Evolve); break;
            case PaymentEvent one: Fold(stream, Payment.Initial, one, Payment.Evolve); break;
            case BalanceEvent one: Fold(stream, CustomerBalance.Initial, one, CustomerBalance.Evolve); break;
            default: break;
        }
    }

    private void Fold<TState, TEvent>(StreamId stream, TState initial, TEvent happened, Func<TState, TEvent, TState> evolve) where TState : notnull =>
        folded[(stream, typeof(TState))] = evolve((TState)folded.GetValueOrDefault((stream, typeof(TState)), initial), happened);

    private IEnumerable<T> All<T>() => folded.Values.OfType<T>();

    private Invoice.Known Invoice(InvoiceId id) => (Invoice.Known)folded[(id.Stream, typeof(Invoice))];

    private List<CreditNoteIssued> NotesOf(InvoiceId id) => notes.TryGetValue(id, out var all) ? all : notes[id] = [];

    private string Told => $"seed {seed}, after {string.Join(", ", shelf.Log.TakeLast(12).Select(one => one.GetType().Name))}";
}
