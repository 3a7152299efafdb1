using Ledger.Projections.Reports;

namespace Ledger.Projections.Tests;

public class PercentTests
{
    [Theory]   // Source: rule REP-2.
    [InlineData(485, 1250, 38.8)]
    [InlineData(67, 123, 54.5)]
    [InlineData(340, 1250, 27.2)]
    [InlineData(1, 3, 33.3)]
    [InlineData(1, 2000, 0.1)]   // Half away from zero.
    [InlineData(0, 5, 0.0)]
    [InlineData(5, 0, 0.0)]
    public void A_share_has_one_decimal(long part, long whole, double percent) => Percent.Of(part, whole).ShouldBe((decimal)percent);
}
