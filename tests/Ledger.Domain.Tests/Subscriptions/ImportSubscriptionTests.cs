using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

public class ImportSubscriptionTests
{
    private static readonly WantedItem Item = new(TwoRye.Id, null, "Internet", 1, Isk(4990), null);
    private static readonly SubscriptionItem Internet = new(TwoRye.Id, null, "Internet", 1, Isk(4990), Rate("0"), IsPriceFrozen: true);
    private static readonly ImportedTerms Terms = new(Day("2021-05-10"), Day("2026-01-10"), Frequency.Monthly, Isk(1).Currency, Item);
    private static readonly ImportSubscription Import = new(Breads, Jon, Terms, HasEnded: false, Day("2026-01-05"));
    private static readonly SubscriptionCreated TakenIn =
        new(Breads, Jon, Day("2021-05-10"), Frequency.Monthly, Isk(1).Currency, PaidUntil: Day("2026-01-10"));

    [Fact]
    public void It_waits_though_its_customer_can_pay() => WithCard().When(Import).Then(TakenIn, new SubscriptionItemsReplaced(Breads, [Internet]));

    [Fact]
    public void Who_has_left_never_runs() => WithCard().When(Import with { HasEnded = true })
        .Then(TakenIn, new SubscriptionItemsReplaced(Breads, [Internet]), new SubscriptionCancelled(Breads, Day("2026-01-05")));

    [Fact]
    public void Who_has_left_is_not_activated() => WithCard().After(Import with { HasEnded = true })
        .When(new ActivateSubscription(Breads, Day("2026-01-05"))).ThenRejected(SubscriptionRejections.Ended);

    [Fact]
    public void Again_changes_nothing() => WithCard().After(Import).When(Import).ThenNothing();

    [Fact]
    public void Who_has_left_since_is_ended() => WithCard().After(Import).After(new ActivateSubscription(Breads, Day("2026-01-05")))
        .When(Import with { HasEnded = true }).Then(new SubscriptionCancelled(Breads, Day("2026-01-05")));

    [Fact]
    public void Paid_until_a_day_before_the_start_is_refused() => WithCard()
        .When(Import with { Terms = Terms with { PaidUntil = Day("2021-05-09") } }).ThenRejected(SubscriptionRejections.PaidUntilBeforeStart);

    [Fact]
    public void What_was_paid_elsewhere_is_not_due() => WithCard().After(Import)
        .When(new ActivateSubscription(Breads, Day("2026-01-09"))).Then(new SubscriptionActivated(Breads, Day("2021-05-10"), IsDue: false));

    [Theory]
    [InlineData("2021-05-10", "2026-01-10", "2026-01-10", "2026-02-10")]
    [InlineData("2021-01-31", "2026-02-28", "2026-02-28", "2026-03-31")]
    [InlineData("2021-05-10", "2026-01-20", "2026-01-20", "2026-02-10")]
    [InlineData("2026-02-01", "2026-02-01", "2026-02-01", "2026-03-01")]
    public void The_first_invoice_is_for_the_first_day_that_was_not_paid(string start, string paid, string from, string until)
    {
        var known = (Subscription.Known)new SubscriptionEvent[]
        {
            TakenIn with { StartOn = Day(start), PaidUntil = Day(paid) }, new SubscriptionItemsReplaced(Breads, [Internet]), new SubscriptionActivated(Breads, Day(start), true),
        }.Aggregate(Subscription.Initial, Subscription.Evolve);
        known.NextPeriod.ShouldBe(new BillingPeriod(Day(from), Day(until)));
    }

    private static JointScenario WithCard() =>
        JointScenario.Given(Jon.Stream, JonCreated).And(JonsWallet, Added(Visa), VisaIsDefault);
}
