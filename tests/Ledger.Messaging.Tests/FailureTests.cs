namespace Ledger.Messaging.Tests;

public sealed class FailureTests : MessageTestBase
{
    [Fact]
    public async Task What_fails_is_tried_again_until_it_is_done()
    {
        Process.Calls.Also = (_, context) => context.Attempts < 3 ? throw new InvalidOperationException("Busy.") : Task.CompletedTask;
        _ = await Process.Send(To("anna"));
        Process.Work();
        (await Process.Calls.Next(3)).ShouldBe(["anna", "anna", "anna"]);
        await Process.Until("not exists (select from ledger.messages)");
        (await Process.Count("ledger.dead_messages")).ShouldBe(0);
    }

    [Theory]
    [InlineData(3, 0.4, 0.8)]
    [InlineData(10, 51, 103)]
    [InlineData(18, 1800, 3600)]
    public async Task The_wait_grows_with_each_failure_up_to_an_hour(int failures, double least, double most)
    {
        Process.Calls.Also = (_, _) => throw new InvalidOperationException("Busy.");
        _ = await Process.Send(To("anna"));
        _ = await Process.Sql($"update ledger.messages set failures = {failures}");
        var before = (DateTime)(await Process.Sql("select clock_timestamp()"))!;
        Process.Work();
        await Process.Until($"exists (select from ledger.messages where failures = {failures + 1} and not is_leased and last_error = 'InvalidOperationException: Busy.')");

        // Set between then and now, whatever the machine was doing meanwhile.
        var (run, after) = ((DateTime)(await Process.Sql("select run_at from ledger.messages"))!, (DateTime)(await Process.Sql("select clock_timestamp()"))!);
        (run - before).TotalSeconds.ShouldBeGreaterThanOrEqualTo(least);
        (run - after).TotalSeconds.ShouldBeLessThanOrEqualTo(most);
    }

    [Fact]
    public async Task What_failed_too_often_is_kept_for_staff_and_done_once_it_is_sent_again()
    {
        Process.Calls.Also = (call, _) => call.Who == "anna" ? throw new InvalidOperationException("Nobody there.") : Task.CompletedTask;
        _ = await Process.Send(To("anna", "one"), To("ben", "one"));
        _ = await Process.Sql("update ledger.messages set failures = 19 where not is_blocked");
        Process.Work();
        (await Process.Calls.Next(2)).ShouldBe(["anna", "ben"]);   // What waits behind it goes on.
        await Process.Until("not exists (select from ledger.messages)");
        (await Process.Sql("select last_error from ledger.dead_messages")).ShouldBe("InvalidOperationException: Nobody there.");

        Process.Calls.Also = null;
        var dead = await Process.Sql("select id::text from ledger.dead_messages");
        (await Process.Sql($"select ledger.revive_message('someone else', '{dead}')")).ShouldBe(false);
        (await Process.Sql($"select ledger.revive_message('{LedgerProcess.Tenant}', '{dead}')")).ShouldBe(true);
        (await Process.Calls.Next(1)).ShouldBe(["anna"]);
        await Process.Until("not exists (select from ledger.messages)");
        (await Process.Count("ledger.dead_messages")).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_handler_hears_of_a_message_that_is_given_up_and_cannot_keep_it(bool clingsOn)
    {
        Process.Calls.ClingsOn = clingsOn;
        Process.Calls.Also = (call, _) => call.Who == "anna" ? throw new InvalidOperationException("Nobody there.") : Task.CompletedTask;
        _ = await Process.Send(To("anna"), To("ben"));
        _ = await Process.Sql("update ledger.messages set failures = 19");
        Process.Work();
        await Process.Until("exists (select from ledger.dead_messages) and not exists (select from ledger.messages)");
        Process.Calls.GivenUp.ShouldBe(["anna"]);
    }

    [Fact]
    public async Task A_message_that_ends_its_worker_each_time_is_given_up_unrun()
    {
        _ = await Process.Send(To("anna"));
        _ = await Process.Sql("update ledger.messages set failures = 19, is_leased = true");
        Process.Work();
        await Process.Until("exists (select from ledger.dead_messages where last_error like '%ended its worker%')");
        Process.Calls.Unseen.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_early_is_no_failure()
    {
        Process.Calls.Also = (_, context) => context.Attempts < 3 ? throw new NotYetException(TimeSpan.FromMilliseconds(1)) : Task.CompletedTask;
        await EndsAtItsThirdTry();
    }

    [Fact]
    public async Task What_gets_on_between_its_failures_is_not_given_up()
    {
        Process.Calls.Also = (_, context) => context.Attempts switch
        {
            1 => throw new NotYetException(TimeSpan.FromMilliseconds(1)),
            2 => throw new InvalidOperationException("Cut off."),
            _ => Task.CompletedTask,
        };
        await EndsAtItsThirdTry();
    }

    /// <summary>A message that has failed as often as one may but once: one more failure would end it.</summary>
    private async Task EndsAtItsThirdTry()
    {
        _ = await Process.Send(To("anna"));
        _ = await Process.Sql("update ledger.messages set failures = 19");
        Process.Work();
        (await Process.Calls.Next(3)).ShouldBe(["anna", "anna", "anna"]);
        await Process.Until("not exists (select from ledger.messages)");
        (await Process.Count("ledger.dead_messages")).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_this_version_does_not_know_stops_no_other()
    {
        _ = await Process.Send(To("anna"), To("ben"));
        _ = await Process.Sql("update ledger.messages set type = 'of_tomorrow', failures = 19 where body ->> 'who' = 'anna'");
        Process.Work();
        (await Process.Calls.Next(1)).ShouldBe(["ben"]);
        await Process.Until("exists (select from ledger.dead_messages where last_error like '%of_tomorrow%')");
    }

    [Fact]
    public async Task A_dead_message_is_due_at_once_when_it_is_sent_again_and_starts_anew()
    {
        _ = await Process.Send(To("anna"));
        _ = await Process.Sql("select ledger.bury_message(id, attempts, 'no') from ledger.messages");
        _ = await Process.Sql("select ledger.revive_message(tenant_id, id) from ledger.dead_messages");
        (await Process.Count("ledger.messages where failures = 0 and run_at <= clock_timestamp()")).ShouldBe(1);
        Process.Work();
        (await Process.Calls.Next(1)).ShouldBe(["anna"]);
    }
}
