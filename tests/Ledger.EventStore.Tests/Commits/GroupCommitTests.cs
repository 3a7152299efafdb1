using System.Collections.Concurrent;
using Npgsql;

namespace Ledger.EventStore.Tests.Commits;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Two_hundred_writers_at_once_leave_no_gap()
    {
        await using var other = store.AnotherProcess();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Opened()));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async n =>
        {
            for (var written = false; !written;)
            {
                try
                {
                    written = (await (n % 2 == 0 ? store : other).Handle(new AddToCounter(ids[n % 20], 1))).Rejection is null;
                }
                catch (StillContendedException) { }   // To try again is right.
            }
        }));

        (await store.Sql("select array[min(seq_id), max(seq_id), count(*)] from public.mt_events")).ShouldBe(new long[] { 1, 220, 220 });
        (await store.Count("""
            select count(*) from (select stream_id from public.mt_events group by stream_id
            having min(version) = 1 and max(version) = 11 and count(*) = 11) as streams
            """)).ShouldBe(20);
        foreach (var id in ids) (await store.Stored(id)).State.Total.ShouldBe(10);
        (await store.Count("select count(*) from ledger.blocks")).ShouldBeLessThan(220, "Those who wait go together.");
    }

    [Fact]
    public async Task Recorded_time_never_runs_backwards()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.Opened()));
        (await store.Count("""
            select count(*) from (select timestamp < lag(timestamp) over (order by seq_id) as is_back from public.mt_events) as pairs where is_back
            """)).ShouldBe(0);
    }

    [Fact]
    public async Task All_streams_of_a_commit_are_written_or_none()
    {
        var (one, two) = (await store.Opened(), await store.Opened());
        var good = store.Write(one, 1, new CounterAdded(1));
        var late = store.Write(two, 0, new CounterAdded(1));
        var both = good with { Streams = [.. good.Streams, .. late.Streams], Events = [.. good.Events, .. late.Events] };

        (await store.GroupCommit.Commit(both)).ShouldBe(new CommitResult.StreamMovedOn(Counter.Stream(two)));
        (await store.Stored(one)).Version.ShouldBe(1);
        (await store.Count("select last_position from ledger.blocks order by 1 desc limit 1")).ShouldBe(2);
    }

    [Fact]
    public async Task A_commit_that_fails_in_SQL_fails_alone()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => store.Opened()));
        var held = await store.HoldBatch();
        var commits = ids.Select((id, n) => store.GroupCommit.Commit(
            n % 10 == 3 ? store.Write(id, 1, new CounterOpened(StoreFixture.Now, "\0")) : store.Write(id, 1, new CounterAdded(1)))).ToList();
        await held.DisposeAsync();

        for (var n = 0; n < commits.Count; n++)
        {
            if (n % 10 == 3) (await Should.ThrowAsync<PostgresException>(commits[n])).SqlState.ShouldBe(PostgresErrorCodes.UntranslatableCharacter);
            else _ = (await commits[n]).ShouldBeOfType<CommitResult.Committed>();
        }

        (await store.Sql("select array[max(seq_id), count(*)] from public.mt_events")).ShouldBe(new long[] { 57, 57 });
    }

    [Fact]
    public async Task A_commit_that_cannot_even_be_sent_fails_alone()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => store.Opened()));
        var held = await store.HoldBatch();
        var commits = ids.Select((id, n) => store.GroupCommit.Commit(store.Write(id, 1, new CounterAdded(1)) is var whole && n % 10 == 3
            ? whole with { Headers = null }
            : whole)).ToList();
        await held.DisposeAsync();

        for (var n = 0; n < commits.Count; n++)
        {
            if (n % 10 == 3) _ = await Should.ThrowAsync<InvalidOperationException>(commits[n]);
            else _ = (await commits[n]).ShouldBeOfType<CommitResult.Committed>();
        }

        (await store.Sql("select array[max(seq_id), count(*)] from public.mt_events")).ShouldBe(new long[] { 57, 57 });
    }

    [Fact]
    public async Task Who_closes_the_database_waits_for_the_batch_that_is_under_way()
    {
        var id = await store.Opened();
        await using var process = store.AnotherProcess();
        var held = await store.HoldBatch();
        var commit = process.GroupCommit.Commit(process.Write(id, 1, new CounterAdded(1)));
        var closed = process.Database.DisposeAsync().AsTask();
        await Task.Delay(50);
        closed.IsCompleted.ShouldBeFalse();
        await held.DisposeAsync();

        _ = (await commit).ShouldBeOfType<CommitResult.Committed>();
        await closed;
        _ = await Should.ThrowAsync<ObjectDisposedException>(process.GroupCommit.Commit(process.Write(id, 2, new CounterAdded(1))));
    }

    [Fact]
    public async Task A_commit_that_conflicts_fails_alone_and_its_mates_get_their_own_positions()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => store.Opened()));
        var held = await store.HoldBatch();
        var commits = ids.Select((id, n) => store.GroupCommit.Commit(
            n % 2 == 0 ? store.Write(id, 1, new ReceiptIssued("a"), new CounterAdded(n)) : store.Write(id, 9, new ReceiptIssued("b")))).ToList();
        await held.DisposeAsync();

        for (var n = 0; n < commits.Count; n++)
        {
            if (n % 2 == 1)
            {
                (await commits[n]).ShouldBe(new CommitResult.StreamMovedOn(Counter.Stream(ids[n])));
                continue;
            }

            var committed = (await commits[n]).ShouldBeOfType<CommitResult.Committed>();
            (await store.Sql("select array_agg(seq_id order by version) from public.mt_events where stream_id = $1 and version > 1", ids[n]))
                .ShouldBe(committed.Positions.ToArray());
            (await store.Count("select (data ->> 'number')::bigint from public.mt_events where stream_id = $1 and version = 2", ids[n]))
                .ShouldBe(committed.Numbers[0]!.Value);
            committed.Numbers[1].ShouldBeNull();
        }
    }

    [Fact]
    public async Task Who_listens_hears_the_head_and_whether_there_are_messages()
    {
        var heard = new ConcurrentQueue<BatchEnded>();
        store.GroupCommit.Ended += heard.Enqueue;
        var id = await store.Opened();
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Sends = [Message()] });
        _ = await store.Handle(new AddToCounter(id, 1));

        heard.ShouldBe([new(1, false), new(1, true), new(2, false)]);
    }

    [Fact]
    public async Task A_message_is_completed_with_the_events_that_it_led_to()
    {
        var (id, message) = (await store.Opened(), Message());
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Sends = [message] });

        var context = StoreFixture.Context() with { Completes = new(message.Id, 0) };
        (await store.Handle(new AddToCounter(id, 1), context)).Version.ShouldBe(2);
        (await store.Count("select count(*) from ledger.messages")).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_that_another_worker_has_by_now_is_lost_with_all_that_it_led_to()
    {
        var (id, message) = (await store.Opened(), Message());
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Sends = [message] });
        _ = await store.Sql("update ledger.messages set attempts = 2");

        var context = StoreFixture.Context() with { Completes = new(message.Id, 1), Sends = [Message()] };
        _ = await Should.ThrowAsync<MessageLostException>(store.Handle(new AddToCounter(id, 1), context));
        (await store.Stored(id)).Version.ShouldBe(1);
        (await store.Count("select count(*) from ledger.messages")).ShouldBe(1);
    }

    [Fact]
    public async Task A_checkpoint_moves_from_where_it_was_and_only_under_its_lease()
    {
        _ = await store.Sql("insert into ledger.leases values ('policies', gen_random_uuid(), 3, now())");
        Task<CommitResult> Move(long from, long to, long epoch) =>
            store.GroupCommit.Commit(new(StoreFixture.Tenant) { Checkpoint = new("policy:one", from, to, "policies", epoch), Sends = [Message()] });

        _ = (await Move(0, 5, 3)).ShouldBeOfType<CommitResult.Committed>();
        _ = (await Move(0, 6, 3)).ShouldBeOfType<CommitResult.CheckpointLost>();
        _ = (await Move(5, 6, 2)).ShouldBeOfType<CommitResult.CheckpointLost>();
        (await store.Count("select position from ledger.places where name = 'policy:one'")).ShouldBe(5);
        (await store.Count("select count(*) from ledger.messages")).ShouldBe(1);
    }

    internal static NewMessage Message() =>
        new(Guid.CreateVersion7(), StoreFixture.Tenant, "note", "{}", null, null, null, null);
}
