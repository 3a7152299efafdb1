using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Billing;

public class RequestBillingRunTests
{
    private static readonly BillingRunId Id = BillingRunId.Daily(Bakery, Start);
    private static readonly RequestBillingRun Wish = new(Id, Bakery, Start, Start);

    [Fact]
    public void What_is_due_up_to_the_day_is_to_be_done() => Shop().When(Wish).Then(new BillingRunRequested(Id, Bakery, Start));

    [Fact]
    public void Again_changes_nothing() => Shop().After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void Each_day_has_a_run_of_its_own()
    {
        BillingRunId.Daily(Bakery, Start).ShouldBe(Id);
        BillingRunId.Daily(Bakery, Start.PlusDays(1)).ShouldNotBe(Id);
    }

    [Fact]
    public void A_live_tenant_is_not_billed_for_days_to_come() => Shop()
        .When(Wish with { AsOfDate = Start.PlusDays(1) }).ThenRejected(BillingRunRejections.DateInFuture);

    [Fact]
    public void A_sandbox_tenant_is() => JointScenario.Given(Bakery.Stream, BakeryCreated with { Mode = TenantMode.Sandbox })
        .When(Wish with { AsOfDate = Start.PlusDays(1) }).Then(new BillingRunRequested(Id, Bakery, Start.PlusDays(1)));

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() => JointScenario.Given().When(Wish).ThenRejected(TenantRejections.NotFound);
}

public class CompleteBillingRunTests
{
    private static readonly BillingRunId Id = BillingRunId.Daily(Bakery, Start);
    private static readonly CompleteBillingRun Wish = new(Id, [new(Start, Invoices: 3, Charges: 3, Captured: 2, Failed: 1, [Isk(30000)])]);

    [Fact]
    public void Charges_are_the_attempts_that_were_answered() => JointScenario.Given(Id.Stream, new BillingRunRequested(Id, Bakery, Start))
        .When(Wish).Then(new BillingRunCompleted(Id, 3, 3, 2, 1, [Isk(30000)]));

    [Fact]
    public void Again_changes_nothing() => JointScenario.Given(Id.Stream, new BillingRunRequested(Id, Bakery, Start))
        .After(Wish).When(Wish with { Days = [new(Start, 9, 9, 9, 0, [])] }).ThenNothing();

    [Fact]
    public void Over_several_dates_it_comes_to_their_sum_and_says_each()
    {
        IReadOnlyList<BilledDay> days = [new(Start, 1, 1, 1, 0, [Isk(100), Usd(5)]), new(Start.PlusDays(1), 2, 3, 2, 1, [Isk(50)])];
        JointScenario.Given(Id.Stream, new BillingRunRequested(Id, Bakery, Start)).When(new CompleteBillingRun(Id, days))
            .Then(new BillingRunCompleted(Id, 3, 4, 3, 1, [Isk(150), Usd(5)], days));
    }

    [Fact]
    public void A_run_that_was_not_asked_for_has_no_result() => JointScenario.Given().When(Wish).ThenNothing();
}

public class ClockAdvanceTests
{
    private static readonly ClockAdvanceId Id = ClockAdvanceId.From(Number(40));
    private static readonly Instant Now = At("2025-11-01T12:00:00Z");
    private static readonly Instant Later = At("2025-12-01T06:00:00Z");
    private static readonly RequestClockAdvance Wish = new(Id, Bakery, Now, Later);
    private static readonly ClockAdvanceRequested Requested = new(Id, Bakery, Now, Later);

    private static JointScenario Sandbox => JointScenario.Given(Bakery.Stream, BakeryCreated with { Mode = TenantMode.Sandbox });

    private static JointScenario Moving => Sandbox.And(Id.Stream, Requested);

    [Fact]
    public void The_clock_of_a_sandbox_is_moved() => Sandbox.When(Wish).Then(Requested);

    [Fact]
    public void Asking_again_changes_nothing() => Moving.When(Wish).ThenNothing();

    [Fact]
    public void A_live_tenant_has_no_clock_to_move() =>
        JointScenario.Given(Bakery.Stream, BakeryCreated).When(Wish).ThenRejected(ClockRejections.NotSandbox);

    [Fact]
    public void A_clock_does_not_go_back() => Sandbox.When(Wish with { To = Now - Duration.Epsilon }).ThenRejected(ClockRejections.Backwards);

    [Fact]
    public void It_may_stay_where_it_is() => Sandbox.When(Wish with { To = Now }).Then(Requested with { To = Now });

    [Fact]
    public void More_than_ten_years_is_too_far() => Sandbox.When(Wish with { To = Now + Duration.FromDays(3661) }).ThenRejected(ClockRejections.TooFar);

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() => JointScenario.Given().When(Wish).ThenRejected(TenantRejections.NotFound);

    [Fact]
    public void It_moves_from_stop_to_stop() => Moving.When(new MoveClock(Id, Now + Duration.FromHours(1), Start))
        .Then(new ClockMoved(Id, Now + Duration.FromHours(1), Start));

    [Fact]
    public void At_a_stop_a_day_may_still_be_billed() => Moving.After(new MoveClock(Id, Later, null))
        .When(new MoveClock(Id, Later, Start)).Then(new ClockMoved(Id, Later, Start));

    [Fact]
    public void Where_it_stands_already_it_stays() => Moving.After(new MoveClock(Id, Later, Start)).When(new MoveClock(Id, Later, Start)).ThenNothing();

    [Fact]
    public void An_earlier_stop_that_is_late_does_not_move_it_back() => Moving.After(new MoveClock(Id, Later, null))
        .When(new MoveClock(Id, Now + Duration.FromHours(1), Start)).ThenNothing();

    [Fact]
    public void It_is_done_once()
    {
        var done = Moving.When(new CompleteClockAdvance(Id)).Then(new ClockAdvanceCompleted(Id));
        done.Next.When(new CompleteClockAdvance(Id)).ThenNothing();
        done.Next.When(new MoveClock(Id, Later, null)).ThenNothing();
    }

    [Fact]
    public void A_move_that_was_not_asked_for_is_refused()
    {
        Sandbox.When(new MoveClock(Id, Later, null)).ThenRejected(ClockRejections.NotFound);
        Sandbox.When(new CompleteClockAdvance(Id)).ThenRejected(ClockRejections.NotFound);
    }
}
