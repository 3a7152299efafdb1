namespace Ledger.Messaging.Tests;

public sealed class TakeoverTests : MessageTestBase
{
    private const string LeaseEnds = "update ledger.messages set run_at = clock_timestamp() where is_leased";

    [Fact]
    public async Task A_message_in_a_workers_hands_is_nobody_elses_until_its_lease_ends()
    {
        _ = await Process.Send(To("anna"));
        (await Take()).Attempts.ShouldBe(1);
        (await Process.Messages.Take(10, CancellationToken.None)).ShouldBeEmpty();
        _ = await Process.Sql(LeaseEnds);
        var again = await Take();
        (again.Attempts, again.Failures).ShouldBe((2, 1), "A lease that ran out counts as a failure.");
    }

    [Fact]
    public async Task Who_lost_a_message_can_no_longer_end_it_keep_it_or_give_it_back()
    {
        _ = await Process.Send(To("anna"));
        var dead = (await Take()).Lease;
        _ = await Process.Sql(LeaseEnds);
        var heir = (await Take()).Lease;

        var bell = Guid.CreateVersion7();
        (await Process.GroupCommit.Commit(new(LedgerProcess.Tenant) { Completes = dead })).ShouldBeOfType<CommitResult.MessageLost>();
        _ = await Should.ThrowAsync<EventStore.MessageLostException>(Process.Commands.Handle(
            new RingBell(bell, "anna"), new(LedgerProcess.Tenant, "test", "test", LedgerProcess.Now) { Completes = dead }, CancellationToken.None));
        (await Process.Messages.Extend([dead], CancellationToken.None)).ShouldBe(0);
        (await Process.Messages.PutBack(dead, TimeSpan.Zero, "late", CancellationToken.None)).ShouldBe(0);
        await Process.Messages.Bury(dead, "late", CancellationToken.None);
        (await Process.Rings(bell)).ShouldBe(0);
        (await Process.Count("ledger.messages")).ShouldBe(1);

        (await Process.Messages.Extend([heir], CancellationToken.None)).ShouldBe(1);
        (await Process.GroupCommit.Commit(new(LedgerProcess.Tenant) { Completes = heir })).ShouldBeOfType<CommitResult.Committed>();
        (await Process.Count("ledger.messages")).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_dead_worker_had_is_done_by_another_and_the_dead_ones_effect_is_refused()
    {
        var (asleep, bell) = (new TaskCompletionSource(), Guid.CreateVersion7());
        Process.Calls.Also = async (call, context) =>
        {
            await asleep.Task;
            _ = await Process.Commands.Handle(new RingBell(bell, call.Who), context.Completing(), CancellationToken.None);
        };
        await using var other = Process.Another();
        other.Calls.Also = (call, context) => other.Commands.Handle(new RingBell(bell, call.Who), context.Completing(), CancellationToken.None);

        _ = await Process.Send(To("anna"));
        Process.Work();
        _ = await Process.Calls.Next(1);
        await Process.Die();
        _ = await Process.Sql(LeaseEnds);
        other.Work();
        _ = await other.Calls.Next(1);
        await Process.Until("not exists (select from ledger.messages)");
        asleep.SetResult();
        await Process.Rest();
        (await other.Rings(bell)).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_message_does_to_the_ledger_and_its_end_are_one_commit()
    {
        var bell = Guid.CreateVersion7();
        Process.Calls.Also = async (call, context) =>
        {
            _ = await Process.Commands.Handle(new RingBell(bell, call.Who), context.Completing(), CancellationToken.None);
            throw new InvalidOperationException("After the commit, before the worker knew.");
        };
        _ = await Process.Send(To("anna"));
        Process.Work();
        await Process.Until("not exists (select from ledger.messages)");
        await Process.Rest();
        (await Process.Rings(bell)).ShouldBe(1);
        (await Process.Count("ledger.dead_messages")).ShouldBe(0);
    }

    [Fact]
    public async Task What_follows_from_one_thing_is_sent_once_however_often_it_is_sent()
    {
        var cause = Guid.CreateVersion7();
        NewMessage Derived() => Outgoing.Derived(cause, "call", LedgerProcess.Tenant, To("anna"), null, null);
        _ = await Process.GroupCommit.Commit(new(LedgerProcess.Tenant) { Sends = [Derived()] });
        _ = await Process.GroupCommit.Commit(new(LedgerProcess.Tenant) { Sends = [Derived()] });
        (await Process.Count("ledger.messages")).ShouldBe(1);
    }

    private async Task<LeasedMessage> Take() => (await Process.Messages.Take(10, CancellationToken.None)).ShouldHaveSingleItem();
}
