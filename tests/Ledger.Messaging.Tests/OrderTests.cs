namespace Ledger.Messaging.Tests;

public sealed class OrderTests : MessageTestBase
{
    [Fact]
    public async Task Of_one_key_one_runs_at_a_time_in_the_order_they_were_sent()
    {
        var release = new TaskCompletionSource();
        Process.Calls.Also = (call, _) => call.Who == "a1" ? release.Task : Task.CompletedTask;
        _ = await Process.Send(To("a1", "a"), To("b1", "b"), To("a2", "a"), To("b2", "b"), To("a3", "a"), To("free"));
        _ = await Process.Send(To("a4", "a"));
        Process.Work();

        (await Process.Calls.Next(4)).Order().ShouldBe(["a1", "b1", "b2", "free"]);
        await Process.Until("(select count(*) from ledger.messages) = 4");
        Process.Calls.Running.Keys.ShouldBe(["a1"]);
        (await Process.Count("ledger.messages where is_blocked")).ShouldBe(3);
        release.SetResult();
        (await Process.Calls.Next(3)).ShouldBe(["a2", "a3", "a4"]);
    }

    [Fact]
    public async Task What_fails_keeps_those_behind_it_waiting()
    {
        Process.Calls.Also = (call, context) => call.Who == "a1" && context.Attempts < 3 ? throw new InvalidOperationException() : Task.CompletedTask;
        _ = await Process.Send(To("a1", "a"), To("a2", "a"));
        Process.Work();
        (await Process.Calls.Next(4)).ShouldBe(["a1", "a1", "a1", "a2"]);
    }

    [Fact]
    public async Task What_is_for_later_waits_for_its_time()
    {
        _ = await Process.Send(To("later", null, SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(1)), To("now"), To("then", null, LedgerProcess.Now - Duration.FromDays(9000)));
        Process.Work();
        (await Process.Calls.Next(2)).Order().ShouldBe(["now", "then"]);
        await Process.Until("(select count(*) from ledger.messages) = 1");
        _ = await Process.Sql("update ledger.messages set run_at = due_at - interval '1 hour'");
        (await Process.Calls.Next(1)).ShouldBe(["later"]);
    }

    [Fact]
    public async Task What_is_for_later_by_a_sandbox_clock_waits_until_that_clock_is_moved_there()
    {
        _ = await Process.GroupCommit.Commit(new(LedgerProcess.Tenant) { ClockTo = LedgerProcess.Now });
        _ = await Process.Send(
            To("tomorrow", null, LedgerProcess.Now + Duration.FromDays(1)), To("next week", null, LedgerProcess.Now + Duration.FromDays(7)),
            To("yesterday", null, LedgerProcess.Now - Duration.FromDays(1)));
        Process.Work();
        (await Process.Calls.Next(1)).ShouldBe(["yesterday"]);
        (await Process.Count("ledger.messages where run_at = 'infinity'")).ShouldBe(2);
        _ = await Process.GroupCommit.Commit(new(LedgerProcess.Tenant) { ClockTo = LedgerProcess.Now + Duration.FromDays(1) });
        (await Process.Calls.Next(1)).ShouldBe(["tomorrow"]);
        (await Process.Count("ledger.messages where run_at = 'infinity'")).ShouldBe(1);
    }
}
