using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Dunning;

/// <summary>Attempts on the days that a list of waits gives them, on days that published cases name.</summary>
public class DunningScheduleTests
{
    [Theory]
    [InlineData("D-01", "2012-05-31", "8,8,8,8,8,8,8", 60, "06-08,06-16,06-24,07-02,07-10,07-18,07-26")]
    [InlineData("D-01", "2012-06-30", "8,8,8", 60, "07-08,07-16,07-24")]
    [InlineData("D-05", "2021-08-06", "1,8,4,7", 21, "08-07,08-15,08-19,08-26")]
    [InlineData("D-09", "2025-03-01", "1,1,2,2,2,2,3", 14, "03-02,03-03,03-05,03-07,03-09,03-11,03-14")]
    public void Each_attempt_comes_its_wait_after_the_one_before(string id, string failedOn, string waits, int days, string attempts)
    {
        var (tried, ended) = Declined(Day(failedOn), new(20, days, [.. waits.Split(',').Select(int.Parse)]));
        string.Join(',', tried.Select(on => on.ToString("MM-dd", null))).ShouldBe(attempts, id);
        ended.ShouldBe(Day(failedOn).PlusDays(days), id);
    }

    [Fact]
    public void The_first_failure_fixes_the_waits_and_the_grace_and_says_when_the_next_attempt_is() => Shop()
        .After(new ChangeDunningConfig(Bakery, null, 21, [1, 8], GraceDays: 30)).After(Bill("2025-11-01"))
        .When(Decline("2025-11-01", "2025-11-01"))
        .Then(
            new PaymentFailed(PaymentOf("2025-11-01"), 1, "card_declined", IsHard: false, Start, "ch_1"),
            new SubscriptionPastDue(Breads, InvoiceOf("2025-11-01"), PaymentOf("2025-11-01"), Start, 3, Day("2025-11-22"), [1, 8], Day("2025-11-22")),
            new SubscriptionAttemptScheduled(Breads, PaymentOf("2025-11-01"), 2, Day("2025-11-02")));

    [Fact]
    public void After_the_last_wait_it_is_in_error()
    {
        var shop = Shop().After(new ChangeDunningConfig(Bakery, null, 21, [3])).After(Bill("2025-11-01")).After(Decline("2025-11-01", "2025-11-01"));
        shop.When(Chase("2025-11-03")).ThenKinds(typeof(InvoiceOverdue));
        shop.After(Chase("2025-11-04")).When(Decline("2025-11-01", "2025-11-04", attempt: 2)).ThenKinds(typeof(PaymentFailed), typeof(SubscriptionErrored));
    }

    /// <summary>The days of all attempts but the first, and the day of the end, of a shop that is looked at daily.</summary>
    private static (List<LocalDate> Tried, LocalDate EndedOn) Declined(LocalDate failedOn, DunningSettings terms)
    {
        var shop = JointScenario.Given(Bakery.Stream, BakeryCreated with { Dunning = terms }).And(Jon.Stream, JonCreated)
            .And(Bread.Stream, BreadCreated).And(Rye.Stream, RyeCreated).And(JonsWallet, Added(Visa), VisaIsDefault)
            .And(Breads.Stream, Created with { StartOn = failedOn }, WithItems, Activated with { Anchor = failedOn })
            .After(new BillSubscription(Breads, Bakery, failedOn));
        var payment = PaymentId.ForInvoice(InvoiceId.ForPeriod(Breads, failedOn));
        var tried = new List<LocalDate>();
        for (var (day, attempt) = (failedOn, 1); ; day = day.PlusDays(1))
        {
            var chased = shop.When(new ChaseSubscription(Breads, Bakery, day)).Events;
            if (chased.OfType<PaymentRetried>().SingleOrDefault() is { } again) (attempt, _) = (again.Attempt, Keep(tried, day));
            if (chased.OfType<SubscriptionExpired>().Any()) return (tried, day);
            _ = shop.When(new RecordCharge(payment, Bakery, attempt, new ChargeResult("ch_1", "card_declined"), day)).Events;
        }

        static bool Keep(List<LocalDate> days, LocalDate day)
        {
            days.Add(day);
            return true;
        }
    }
}
