using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Dunning;

public class DunningReplayTests
{
    /// <summary>Declined daily until the fourth attempt, on day 3.</summary>
    private static readonly PastChase PaidOnDay3 = new(
        Isk(15000), Start, [(Start.PlusDays(1), false), (Start.PlusDays(2), false), (Start.PlusDays(3), true)], true, Start.PlusDays(3));

    [Theory]
    [InlineData("1,1,1", 20, true, 4, 3)]
    [InlineData("5", 20, false, 2, 0)]
    [InlineData("3", 20, true, 2, 3)]
    [InlineData("1,1", 20, false, 3, 0)]
    [InlineData("3", 3, false, 1, 0)]
    public void An_attempt_is_answered_as_the_first_real_one_from_its_day_on(string waits, int days, bool isRecovered, int attempts, int onDay) =>
        DunningReplay.On(PaidOnDay3, new(20, days, [.. waits.Split(',').Select(int.Parse)]))
            .ShouldBe(new(isRecovered, attempts, isRecovered ? Start.PlusDays(onDay) : null));

    [Fact]
    public void On_its_own_days_it_comes_out_as_it_was() =>
        DunningReplay.On(PaidOnDay3, DunningSettings.Default).ShouldBe(DunningReplay.Real(PaidOnDay3));

    [Fact]
    public void The_log_tells_of_chases_that_are_over_and_of_those_that_go_on()
    {
        var shop = LateShop().After(Chase("2025-11-02")).After(Decline("2025-11-01", "2025-11-02", attempt: 2)).After(Chase("2025-11-03"));
        Read(shop).Open.ShouldBe(1);
        var history = Read(shop.After(Capture("2025-11-01", "2025-11-03", attempt: 3)));
        history.Open.ShouldBe(0);
        var past = history.Over.ShouldHaveSingleItem();
        (past.Amount, past.Since, past.IsRecovered, past.EndedOn).ShouldBe((Isk(15000), Start, true, Day("2025-11-03")));
        past.Answers.ShouldBe([(Day("2025-11-02"), false), (Day("2025-11-03"), true)]);
    }

    [Fact]
    public void Money_from_the_balance_is_an_answer_too() => Read(LateShop()
            .After(new AdjustCustomerBalance(Jon, Number(90), BalanceOperation.Credit, Isk(15000), null, Start)).After(Chase("2025-11-02")))
        .Over.ShouldHaveSingleItem().Answers.ShouldBe([(Day("2025-11-02"), true)]);

    [Fact]
    public void A_chase_that_expired_is_lost()
    {
        var past = Read(LateShop().After(Chase("2025-11-21"))).Over.ShouldHaveSingleItem();
        DunningReplay.Real(past).ShouldBe(new(false, 1, null));
    }

    private static ChaseHistory Read(JointScenario shop)
    {
        var history = new ChaseHistory();
        foreach (var happened in shop.Ledger.Log) history.Take(happened.Event);
        return history;
    }
}
