using System.Text.Json.Nodes;
using Ledger.Torture.Checks;
using NodaTime;

namespace Ledger.Scenarios.Torture;

/// <summary>A check that finds nothing proves nothing unless it can find something.</summary>
public class WalkedSubscriptionTests
{
    private static readonly LocalDate Today = new(2026, 4, 10);
    private readonly WalkedSubscription walked = new("S");

    public WalkedSubscriptionTests()
    {
        walked.Walk("subscription_created_v2", JsonNode.Parse("""{ "frequency": "monthly" }""")!);
        walked.Walk("subscription_activated", JsonNode.Parse("""{ "anchor": "2026-01-31" }""")!);
        Bill("2026-01-31", "2026-02-28");
    }

    [Fact]
    public void Periods_that_follow_one_another_are_as_they_should_be()
    {
        Bill("2026-02-28", "2026-03-31");
        Bill("2026-03-31", "2026-04-30");
        Found().ShouldBeEmpty();
    }

    [Fact]
    public void A_period_that_was_left_out_is_found()
    {
        Bill("2026-03-31", "2026-04-30");
        Found().ShouldBe(["S was billed 2026-03-31/2026-04-30; the next period was from 2026-02-28"]);
    }

    [Fact]
    public void A_period_that_came_twice_is_found()
    {
        Bill("2026-02-28", "2026-03-31");
        Bill("2026-02-28", "2026-03-31");
        Found().ShouldContain("S was billed 2026-02-28/2026-03-31; the next period was from 2026-03-31");
    }

    [Fact]
    public void A_period_that_is_missing_at_the_end_is_found() =>
        Found().ShouldBe(["S has no invoice for the period from 2026-02-28; it is 2026-04-10"]);

    [Fact]
    public void What_is_billed_while_paused_is_found()
    {
        walked.Walk("subscription_paused", new JsonObject());
        Bill("2026-02-28", "2026-03-31");
        Found().ShouldBe(["S was billed while on_hold: 2026-02-28/2026-03-31"]);
    }

    private void Bill(string from, string until) =>
        walked.Walk("subscription_billed", new JsonObject { ["period"] = new JsonObject { ["from"] = from, ["until"] = until } });

    private List<string> Found()
    {
        walked.End(Today);
        return walked.Findings;
    }
}
