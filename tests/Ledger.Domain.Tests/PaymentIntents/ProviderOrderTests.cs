using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Tests.Properties;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.PaymentIntents;

/// <summary>What a provider tells comes to the same in any order, however often it is told, and before or after the intent is known here.</summary>
public class ProviderOrderTests
{
    private const string Name = "pi_1";

    /// <summary>So many facts have 720 orders.</summary>
    private const int EveryOrderMax = 6;

    private static readonly InvoiceId Invoice = InvoiceId.From(Number(430));
    private static readonly PaymentIntentId Intent = PaymentIntentId.For(Invoice);
    private static readonly PaymentId Payment = Intent.PaymentOf(Name);
    private static readonly OpenPaymentIntent Open = new(Invoice, null, Isk(5300), "mock", Name, Start, Bakery);

    private static ProviderFact Succeeded => new(ProviderFactKind.Succeeded, Isk(5300), "ch_1", ToldAt: 5);

    private static ProviderFact Refunded(long amount) => new(ProviderFactKind.Refunded, Isk(amount), "ch_1", ToldAt: 7);

    private static ProviderFact Disputed(string name, long amount) => new(ProviderFactKind.Disputed, Isk(amount), Code: "fraudulent", Dispute: name, ToldAt: 8);

    private static ProviderFact Closed(string name, long amount, bool isWon) => new(ProviderFactKind.DisputeClosed, Isk(amount), Dispute: name, IsWon: isWon, ToldAt: 9);

    [Fact]
    public void A_dispute_that_is_closed_before_it_is_created_is_over() =>
        State([Succeeded, Closed("dp_1", 5300, true), Disputed("dp_1", 5300)]).ShouldContain("disputed: 0");

    [Fact]
    public void A_refund_before_its_payment_waits_for_it()
    {
        var ledger = Told([Refunded(2000)], opensAt: 0);
        Kept(ledger).ShouldBe("Refunded SubjectUnknown");
        _ = ledger.Run(Take(Succeeded, 1));
        Kept(ledger).ShouldBe("");
        ((Payment.Known)ledger.State<Payment, PaymentEvent>(Payment.Stream)).Refunded.ShouldBe(Isk(2000));
    }

    [Theory]
    [InlineData(7200, "ISK", "AmountDiffers")]
    [InlineData(5300, "USD", "CurrencyDiffers")]
    [InlineData(0, "ISK", "AmountUnreadable")]
    public void Money_that_is_not_what_was_to_be_paid_is_looked_at_and_never_taken(long amount, string currency, string because)
    {
        var ledger = Told([Succeeded with { Amount = amount == 0 ? null : new Money(amount, Currency.Parse(currency)) }], opensAt: 0);
        Kept(ledger).ShouldBe($"Succeeded {because}");
        ledger.State<Payment, PaymentEvent>(Payment.Stream).ShouldBeOfType<Payment.Unknown>();
        ((Invoice.Known)ledger.State<Invoice, InvoiceEvent>(Invoice.Stream)).IsOpen.ShouldBeTrue();
        _ = ledger.Run(new ResolveProviderEvent(ProviderSubject.OfIntent(Bakery, Name).Id, EventId(0), "me", "refunded by hand", Start));
        Kept(ledger).ShouldBe("");
    }

    [Fact]
    public void What_is_kept_is_bounded()
    {
        var ledger = Told(Enumerable.Range(0, KnownProviderSubject.KeptMax).Select(i => Refunded(1 + i)).ToList(), opensAt: null);
        ledger.Run(Take(Refunded(99), 99)).Rejection.ShouldNotBeNull().Code.ShouldBe("provider_events_full");
        Told([], null).Run(Take(Refunded(99), 99) with { MayKeep = false }).Rejection.ShouldNotBeNull().Code.ShouldBe("provider_events_full");
    }

    [Fact]
    public void What_has_waited_for_a_month_is_not_applied_any_more()
    {
        var ledger = Told([Succeeded], opensAt: null);
        _ = ledger.Run(Open with { Today = Start.PlusDays(KnownProviderSubject.DaysMax + 1) });
        Kept(ledger).ShouldBe("Succeeded SubjectUnknown");
    }

    [Fact]
    public void In_any_order_it_comes_to_the_same() => Check(150, 120);

    [Fact, Trait("Category", "Heavy")]
    public void In_a_hundred_thousand_orders_it_comes_to_the_same() => Check(1000, 100);

    [Fact]
    public void In_every_order_any_two_come_to_the_same()
    {
        for (var i = 0; i < AllFacts.Count; i++)
            for (var j = 0; j < i; j++) CheckEveryOrder([AllFacts[j], AllFacts[i]]);
    }

    [Fact, Trait("Category", "Heavy")]
    public void In_every_order_any_three_and_many_sets_of_up_to_six_come_to_the_same()
    {
        for (var i = 0; i < AllFacts.Count; i++)
            for (var j = 0; j < i; j++)
                for (var k = 0; k < j; k++) CheckEveryOrder([AllFacts[k], AllFacts[j], AllFacts[i]]);
        for (var seed = 0; seed < 60; seed++) CheckEveryOrder([.. AnyFacts(new(seed)).Take(EveryOrderMax)]);
    }

    /// <summary>Leaves nothing to chance: each order, with the intent opened at each place in it.</summary>
    private static void CheckEveryOrder(List<ProviderFact> facts)
    {
        var expected = State(facts);
        foreach (var order in Orders(facts))
            for (var opensAt = 0; opensAt <= order.Count; opensAt++)
                State(order, facts, opensAt).ShouldBe(expected, $"opened at {opensAt}: {string.Join("; ", order)}");
    }

    private static IEnumerable<List<ProviderFact>> Orders(List<ProviderFact> facts) => facts.Count == 0
        ? [[]]
        : facts.SelectMany((first, at) =>
            Orders([.. facts[..at], .. facts[(at + 1)..]]).Select(rest => (List<ProviderFact>)[first, .. rest]));

    /// <param name="sets">How many sets of events.</param>
    /// <param name="orders">How many orders of each are looked at.</param>
    private static void Check(int sets, int orders) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Picker(seed);
        var facts = AnyFacts(pick);
        var expected = State(facts);
        for (var i = 0; i < orders; i++)
        {
            var order = facts.Concat(facts.Where(_ => pick.Chance(30))).OrderBy(_ => pick.Int(0, int.MaxValue - 1)).ToList();
            var opensAt = pick.Int(0, order.Count);
            State(order, facts, opensAt).ShouldBe(expected, $"seed {seed}, opened at {opensAt}: {string.Join("; ", order)}");
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(sets));

    /// <summary>One of everything that a provider may tell of a payment.</summary>
    private static IReadOnlyList<ProviderFact> AllFacts =>
    [
        Succeeded, Refunded(2000), Refunded(3001), Refunded(5300),
        new(ProviderFactKind.Failed, Code: "card_declined", ToldAt: 2),
        new(ProviderFactKind.Failed, Code: "insufficient_funds", ToldAt: 2),   // No time says which was last.
        new(ProviderFactKind.Canceled, ToldAt: 3),
        Disputed("dp_1", 5300), Closed("dp_1", 5300, isWon: true), Closed("dp_1", 5300, isWon: false),
        Disputed("dp_2", 2500), Closed("dp_2", 2500, isWon: false),
    ];

    private static List<ProviderFact> AnyFacts(Picker pick)
    {
        var facts = new List<ProviderFact>();
        if (pick.Chance(85)) facts.Add(Succeeded);
        if (pick.Chance(30)) facts.Add(new(ProviderFactKind.Failed, Code: "card_declined", ToldAt: pick.Int(1, 3)));
        if (pick.Chance(30)) facts.Add(new(ProviderFactKind.Failed, Code: "insufficient_funds", ToldAt: pick.Int(1, 3)));
        if (pick.Chance(20)) facts.Add(new(ProviderFactKind.Canceled, ToldAt: pick.Int(1, 3)));
        foreach (var amount in (long[])[2000, 3001, 5300])
            if (pick.Chance(30)) facts.Add(Refunded(amount));
        foreach (var name in (string[])["dp_1", "dp_2"])
        {
            var amount = pick.One(5300, 2500);
            if (pick.Chance(50)) facts.Add(Disputed(name, amount));
            if (pick.Chance(30)) facts.Add(Closed(name, amount, isWon: true));
            if (pick.Chance(25)) facts.Add(Closed(name, amount, isWon: false));
        }

        return facts;
    }

    /// <summary>The state after these, told in this order after the intent was opened; or before.</summary>
    private static string State(List<ProviderFact> order, List<ProviderFact>? named = null, int opensAt = 0)
    {
        var ledger = Told(order, opensAt, named);
        var payment = ledger.State<Payment, PaymentEvent>(Payment.Stream) as Payment.Known;
        var intent = (PaymentIntent.Known)ledger.State<PaymentIntent, PaymentIntentEvent>(Intent.Stream);
        var invoice = (Invoice.Known)ledger.State<Invoice, InvoiceEvent>(Invoice.Stream);
        var accounts = ledger.Log.Select(one => Journal.Of(one.Event)).OfType<JournalEntry>().SelectMany(one => one.Postings)
            .GroupBy(one => one.Account).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (one.Key, Sum: one.Sum(posting => posting.Amount))).Where(one => one.Sum != 0).Select(one => $"{one.Key} {one.Sum}");
        return $"""
            {intent.Status} {intent.FailureCode} {intent.PaymentId}
            {invoice.Status} {invoice.Settled} {invoice.Credited}
            {payment?.Status} {payment?.Captured} {payment?.Refunded} disputed: {payment?.Disputed.Values.Sum(one => one.Amount)}
            {string.Join(", ", payment?.Disputed.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key} {one.Value}") ?? [])}
            closed: {string.Join(", ", payment?.ClosedDisputes.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())}
            won: {string.Join(", ", payment?.WonDisputes.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>())}
            {string.Join(", ", accounts)}
            kept: {Kept(ledger)}
            """;
    }

    /// <param name="opensAt">Before which of them the intent is opened; null for never.</param>
    /// <param name="named">By whose order their names are given; null: by that in which they come.</param>
    private static MemoryLedger Told(List<ProviderFact> order, int? opensAt, List<ProviderFact>? named = null)
    {
        var ledger = JointScenario.Given(Bakery.Stream, BakeryCreated).And(Jon.Stream, JonCreated).After(new DraftInvoice(
            Invoice, Bakery, Jon, Krona, [new WantedItem(Number(11), null, "Cake", 1, Isk(5300), Rate("0.24"))], 0, Start, IssuesAtOnce: true)).Ledger;
        for (var i = 0; i <= order.Count; i++)
        {
            if (i == opensAt) ledger.Run(Open).Rejection.ShouldBeNull();
            if (i < order.Count) ledger.Run(Take(order[i], (named ?? order).IndexOf(order[i]))).Rejection.ShouldBeNull();
        }

        return ledger;
    }

    private static TakeProviderEvent Take(ProviderFact fact, int number) => new(
        EventId(number), "mock", $"evt_{number:00}", "told", ProviderSubject.OfIntent(Bakery, Name), fact, MayKeep: true, Start);

    private static ProviderEventId EventId(int number) => ProviderEventId.Of(Bakery, "mock", $"evt_{number:00}");

    private static string Kept(MemoryLedger ledger) => string.Join(", ", ledger
        .State<KnownProviderSubject, ProviderSubjectEvent>(ProviderSubject.OfIntent(Bakery, Name).Id.Stream).Kept
        .OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => $"{one.Fact.Kind} {one.Because}"));
}
