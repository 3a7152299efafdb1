using Ledger.Torture.Faults;

namespace Ledger.Scenarios.Torture;

public class FaultPlanTests
{
    [Fact]
    public void A_seed_has_one_plan() => FaultPlan.Of(7, 50).ShouldBe(FaultPlan.Of(7, 50));

    [Fact]
    public void Another_seed_has_another() => FaultPlan.Of(7, 50).ShouldNotBe(FaultPlan.Of(8, 50));

    [Fact]
    public void It_has_as_many_kills_as_were_asked_for_and_goes_up_the_log()
    {
        var plan = FaultPlan.Of(7, 50);
        plan.Count(fault => fault is Fault.Kill).ShouldBe(50);
        plan.Select(fault => fault.At).ShouldBeInOrder();
    }
}
