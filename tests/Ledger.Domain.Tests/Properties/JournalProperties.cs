using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Properties;

public class JournalProperties
{
    private static readonly Arbitrary<int> AnySeed = Gen.Choose(0, int.MaxValue).ToArbitrary();

    /// <summary>J-07: any sequence of events.</summary>
    [Fact]
    public void Debits_equal_credits_for_every_event() => Prop.ForAll(AnySeed, seed =>
    {
        foreach (var (_, happened) in CommandProperties.Live(seed, (_, _) => { }).Log)
            (Journal.Of(happened)?.Unbalanced() ?? []).ShouldBeEmpty($"{happened.GetType().Name}, seed {seed}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_money_is_left_without_a_purpose_after_any_command() => Prop.ForAll(AnySeed, seed =>
    {
        _ = CommandProperties.Live(seed, (ledger, wish) => Sum(ledger, Account.Unapplied).ShouldBe(0, $"{wish.Type.Name}, seed {seed}"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_accounts_say_what_the_things_themselves_say() => Prop.ForAll(AnySeed, seed =>
    {
        var ledger = CommandProperties.Live(seed, (_, _) => { });
        Sum(ledger, Account.Receivable).ShouldBe(All<Invoice, InvoiceEvent>(ledger, "invoice").OfType<Invoice.Known>().Sum(one => one.Open.Amount), $"seed {seed}");
        Sum(ledger, Account.CustomerBalances).ShouldBe(
            -All<CustomerBalance, BalanceEvent>(ledger, "customer_balance").Sum(one => one.In(Krona).Amount), $"seed {seed}");
        Sum(ledger, Account.Cash("mock")).ShouldBe(
            All<Payment, PaymentEvent>(ledger, "payment").OfType<Payment.Known>().Where(one => one.Provider == "mock")
                .Sum(one => one.Captured.Amount - one.Refunded.Amount - one.Disputed.Values.Sum(taken => taken.Amount)), $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_more_is_promised_back_than_was_taken() => Prop.ForAll(AnySeed, seed =>
    {
        var ledger = CommandProperties.Live(seed, (_, _) => { });
        All<Payment, PaymentEvent>(ledger, "payment").OfType<Payment.Known>().ShouldAllBe(one => one.Refundable.Amount >= 0);
        All<Invoice, InvoiceEvent>(ledger, "invoice").OfType<Invoice.Known>().ShouldAllBe(one => one.Creditable.Amount >= 0 && one.Open.Amount >= 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_deferred_is_earned_by_the_end() => Prop.ForAll(AnySeed, seed =>
    {
        var entries = CommandProperties.Live(seed, (_, _) => { }).Log.Select(one => Journal.Of(one.Event)).OfType<JournalEntry>().ToList();
        var end = new LocalDate(2100, 1, 1);
        var earned = entries.SelectMany(one => one.Spread).Sum(one => (one.From == Account.DeferredRevenue ? 1 : -1) * one.MovedBy(end));
        (entries.SelectMany(one => one.Postings).Where(one => one.Account == Account.DeferredRevenue).Sum(one => one.Amount) + earned).ShouldBe(0, $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Points_that_are_owed_are_what_customers_hold() => Prop.ForAll(AnySeed, seed =>
    {
        var ledger = CommandProperties.Live(seed, (_, _) => { });
        Sum(ledger, Account.LoyaltyPoints).ShouldBe(-All<LoyaltyAccount, LoyaltyAccountEvent>(ledger, "loyalty_account").Sum(one => one.Balance), $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Classes_that_are_owed_are_worth_what_is_left_of_them() => Prop.ForAll(AnySeed, seed =>
    {
        var ledger = CommandProperties.Live(seed, (_, _) => { });
        Sum(ledger, Account.ClassCredits).ShouldBe(
            -All<ClassCredit, ClassCreditEvent>(ledger, "class_credit").OfType<ClassCredit.Known>().Sum(one => one.ValueLeft.Amount), $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    private static long Sum(MemoryLedger ledger, string account) => ledger.Log.Select(one => Journal.Of(one.Event)).OfType<JournalEntry>()
        .SelectMany(entry => entry.Postings).Where(one => one.Account == account).Sum(one => one.Amount);

    private static IEnumerable<TState> All<TState, TEvent>(MemoryLedger ledger, string category) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        ledger.Log.Select(one => one.Stream).Where(stream => stream.Category == category).Distinct().Select(ledger.State<TState, TEvent>);
}
