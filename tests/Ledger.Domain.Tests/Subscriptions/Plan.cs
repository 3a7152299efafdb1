using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

/// <summary>A subscription in US dollars, tax left aside, in the ledger of the bakery: each step is a command, as in life.</summary>
internal sealed class Plan
{
    private static readonly Currency Dollar = Currency.Parse("USD");
    private int items = 500;

    /// <param name="prices">Of its items, such as <c>10</c>, or <c>2x50 40</c>.</param>
    public Plan(string prices, string frequency, string start, int? billingDay = null, string? trialEnds = null, string? today = null)
    {
        Ledger.Append(Bakery.Stream, BakeryCreated with { PricesIncludeTax = false, Currency = Dollar });
        Ledger.Append(Jon.Stream, JonCreated);
        Ledger.Append(JonsWallet, Added(Visa), VisaIsDefault);
        Run(new CreateSubscription(
            Breads, Bakery, Jon, Day(start), Frequency.Parse(frequency), Dollar, Items(prices), null, null, null, Day(today ?? start),
            trialEnds is null ? null : Day(trialEnds), billingDay));
    }

    public MemoryLedger Ledger { get; } = new();

    public Subscription.Known State => (Subscription.Known)Ledger.State<Subscription, SubscriptionEvent>(Breads.Stream);

    public Money Balance => Ledger.State<CustomerBalance, BalanceEvent>(BalanceId.Of(Jon).Stream).In(Dollar);

    /// <summary>Bills all that is due up to a day, each charge captured before the next; and says what was billed.</summary>
    public IReadOnlyList<InvoiceIssued> Bill(string on)
    {
        var before = Ledger.Log.Count;
        while (Ledger.Run(new BillSubscription(Breads, Bakery, Day(on))).Events.Count > 0) Capture(on);
        return [.. Since(before).OfType<InvoiceIssued>()];
    }

    /// <summary>The payment under way, if any, is captured.</summary>
    public void Capture(string on)
    {
        var begun = Ledger.Log.Select(one => one.Event).OfType<PaymentInitiated>().LastOrDefault();
        if (begun is not null) _ = Ledger.Run(new RecordCharge(begun.Id, Bakery, 1, new ChargeResult("ch"), Day(on)));
    }

    /// <summary>Other items or another frequency from that day on, captured.</summary>
    public IReadOnlyList<IEvent> Change(string on, string? prices = null, string? frequency = null)
    {
        var events = Run(Now(on, prices, frequency));
        Capture(on);
        return events;
    }

    public ChangeSubscriptionNow Now(string on, string? prices = null, string? frequency = null) => new(
        Breads, Bakery, prices is null ? null : Items(prices), frequency is null ? null : Frequency.Parse(frequency), Day(on));

    public IReadOnlyList<IEvent> Run(IJointCommand command)
    {
        var before = Ledger.Log.Count;
        Ledger.Run(command).Rejection.ShouldBeNull();
        return [.. Since(before)];
    }

    public IReadOnlyList<IEvent> Run(SubscriptionCommand command)
    {
        var before = Ledger.Log.Count;
        Ledger.Run(command).Rejection.ShouldBeNull();
        return [.. Since(before)];
    }

    public WantedItem[] Items(string prices) => [.. prices.Split(' ').Select(one => one.Split('x') switch
    {
        [var price] => Item(1, price),
        [var quantity, var price] => Item(int.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), price),
        _ => throw new FormatException(prices),
    })];

    /// <summary>What a document says, line by line and in all: <c>-5.48 10.97 = 5.49</c>.</summary>
    public static string Figures(IEnumerable<IEvent> events)
    {
        var issued = events.OfType<InvoiceIssued>().SingleOrDefault();
        if (issued is not null) return $"{string.Join(' ', issued.Lines.Select(line => line.Net.ToDecimalString()))} = {issued.Total.ToDecimalString()}";
        var note = events.OfType<CreditNoteIssued>().SingleOrDefault();
        return note is null ? "nothing" : $"{string.Join(' ', note.Lines.Select(line => (-line.Net).ToDecimalString()))} = {(-note.Total).ToDecimalString()}";
    }

    private IEnumerable<IEvent> Since(int before) => Ledger.Log.Skip(before).Select(one => one.Event);

    private WantedItem Item(int quantity, string price) => new(Number(items++), null, $"Item at {price}", quantity, Usd(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)), null);
}
