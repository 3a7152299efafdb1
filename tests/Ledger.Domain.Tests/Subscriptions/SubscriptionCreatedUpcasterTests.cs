using System.Text.Json.Nodes;

namespace Ledger.Domain.Tests.Subscriptions;

public class SubscriptionCreatedUpcasterTests
{
    [Theory]
    [InlineData(1, "monthly")]
    [InlineData(2, "every_2_months")]
    [InlineData(3, "quarterly")]
    [InlineData(12, "every_12_months")]
    public void Months_become_a_frequency(int months, string frequency)
    {
        var stored = new JsonObject { ["id"] = "s", ["interval_months"] = months, ["start_on"] = "2025-11-01" };
        new SubscriptionCreatedUpcaster().Upcast(stored).ToJsonString()
            .ShouldBe($$"""{"id":"s","start_on":"2025-11-01","frequency":"{{frequency}}"}""");
    }
}
