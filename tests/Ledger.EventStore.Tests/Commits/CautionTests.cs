namespace Ledger.EventStore.Tests.Commits;

/// <summary>What fails as a whole is tried the less, the more often it fails.</summary>
public sealed class CautionTests
{
    [Fact]
    public void After_each_failure_the_longer_way_is_gone_twice_as_often_up_to_a_thousand_times()
    {
        var caution = new Caution();
        foreach (var longer in (int[])[16, 32, 64, 128, 256, 512, 1024, 1024]) FailsAndIsHeldBack(caution, longer);
        for (var i = 0; i < 10; i++) caution.Went();
        FailsAndIsHeldBack(caution, 16);
    }

    private static void FailsAndIsHeldBack(Caution caution, int times)
    {
        caution.Allows().ShouldBeTrue();
        caution.Failed();
        for (var i = 0; i < times; i++) caution.Allows().ShouldBeFalse();
        caution.Allows().ShouldBeTrue();
    }
}
