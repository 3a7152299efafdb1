using Ledger.EventStore.Verification;
using Npgsql;

namespace Ledger.EventStore.Tests.Commits;

/// <summary>A batch is written whole, whatever befalls it on its way; and what does not fit costs nobody else anything.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task One_stream_id_in_two_tenants_is_two_streams()
    {
        var id = Guid.CreateVersion7();
        var here = store.GroupCommit.Commit(store.Write(id, 0, new CounterOpened(StoreFixture.Now)));
        var there = store.GroupCommit.Commit(Of(StoreFixture.OtherTenant, store.Write(id, 0, new CounterOpened(StoreFixture.Now), new CounterAdded(7))));
        (await Task.WhenAll(here, there)).ShouldAllBe(one => one is CommitResult.Committed);
        (await store.Stored(id)).Version.ShouldBe(1);
        (await store.Stored(id, StoreFixture.OtherTenant)).State.Total.ShouldBe(7);
    }

    [Fact]
    public async Task A_stale_commit_among_many_is_refused_alone_and_leaves_neither_hole_nor_filler()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => store.Opened()));
        var held = await store.HoldBatch();
        var commits = ids.Select((id, n) => store.GroupCommit.Commit(store.Write(id, n == 30 ? 0 : 1, new CounterAdded(1)))).ToList();
        await held.DisposeAsync();
        var results = await Task.WhenAll(commits);

        results.Index().Where(one => one.Item is not CommitResult.Committed).ShouldBe([(30, new CommitResult.StreamMovedOn(Counter.Stream(ids[30])))]);
        await IsWhole(events: 127);
    }

    [Fact]
    public async Task Two_who_each_look_at_what_the_other_writes_do_not_both_commit()
    {
        await using var other = store.AnotherProcess();
        for (var round = 0; round < 20; round++)
        {
            var (one, two) = (await store.Opened(), await store.Opened());
            var results = await Task.WhenAll(
                store.GroupCommit.Commit(Looking(store.Write(one, 1, new CounterAdded(1)), two)),
                other.GroupCommit.Commit(Looking(other.Write(two, 1, new CounterAdded(1)), one)));
            results.Count(result => result is CommitResult.Committed).ShouldBe(1);
        }
    }

    /// <summary>Wherever the connection breaks, the batch is sent again, or known to stand: once, with one number, sealed.</summary>
    [Theory]
    [InlineData("before insert on public.mt_streams for each statement", false)]
    [InlineData("before insert on public.mt_events for each statement", false)]
    [InlineData("before insert on ledger.claims for each statement", false)]
    [InlineData("before insert on ledger.numbers for each statement", false)]
    [InlineData("before insert on ledger.event_index for each statement", false)]
    [InlineData("before insert on ledger.blocks for each statement", false)]
    [InlineData("after insert on ledger.blocks deferrable initially deferred for each row", true)]
    public async Task Cut_at_any_statement_or_in_the_middle_of_its_commit_it_is_written_once(string when, bool isDeferred)
    {
        await Once(when, isDeferred, "perform pg_terminate_backend(pg_backend_pid())");
        await WritesOnce();
    }

    /// <summary>The same of what goes in one round trip, its end included.</summary>
    [Theory]
    [InlineData("before insert on public.mt_streams for each statement", false, "perform pg_terminate_backend(pg_backend_pid())")]
    [InlineData("before insert on public.mt_events for each statement", false, "perform pg_terminate_backend(pg_backend_pid())")]
    [InlineData("before insert on ledger.claims for each statement", false, "perform pg_terminate_backend(pg_backend_pid())")]
    [InlineData("before insert on ledger.blocks for each statement", false, "perform pg_terminate_backend(pg_backend_pid())")]
    [InlineData("after insert on ledger.blocks deferrable initially deferred for each row", true, "perform pg_terminate_backend(pg_backend_pid())")]
    [InlineData("before insert on public.mt_events for each statement", false, "raise exception 'once' using errcode = '40P01'")]
    [InlineData("after insert on ledger.blocks deferrable initially deferred for each row", true, "raise exception 'once' using errcode = '55P03'")]
    public async Task What_draws_no_numbers_is_written_once_too(string when, bool isDeferred, string what)
    {
        await Once(when, isDeferred, what);
        var ids = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        var held = await store.HoldBatch();
        var commits = ids.Select((id, n) => store.GroupCommit.Commit(store.Write(id, 0, new CounterOpened(StoreFixture.Now), new CounterAdded(n)) with
        {
            Claims = [new("counter.name", $"{n}", Counter.Stream(id), CounterRejections.NameTaken)],
        })).ToList();
        await held.DisposeAsync();
        var committed = (await Task.WhenAll(commits)).Cast<CommitResult.Committed>().ToList();
        committed.SelectMany(one => one.Positions).Order().ShouldBe([1, 2, 3, 4, 5, 6]);
        committed.ShouldAllBe(one => one.Positions.Count == 2 && one.Positions[1] == one.Positions[0] + 1);
        (await store.Count("select count(*) from ledger.claims where kind = 'counter.name'")).ShouldBe(3);
        await IsWhole(events: 6);
        (await store.Count("select count(*) from once.done")).ShouldBe(1, "It was to be cut, and was not.");
    }

    [Fact]
    public async Task All_events_of_a_batch_have_its_time_whichever_way_it_goes()
    {
        var plain = (CommitResult.Committed)await store.GroupCommit.Commit(store.Write(Guid.CreateVersion7(), 0, new CounterOpened(StoreFixture.Now), new CounterAdded(1)));
        var numbered = (CommitResult.Committed)await store.GroupCommit.Commit(store.Write(Guid.CreateVersion7(), 0, new CounterOpened(StoreFixture.Now), new ReceiptIssued("a")));
        (await store.Feed.After(0, 10, CancellationToken.None)).Select(one => one.RecordedAt)
            .ShouldBe([plain.RecordedAt, plain.RecordedAt, numbered.RecordedAt, numbered.RecordedAt]);
    }

    /// <summary>What Marten would send again by itself has lost what the batch had done before.</summary>
    [Theory]
    [InlineData("before insert on public.mt_events for each statement", false, "40P01")]
    [InlineData("before insert on public.mt_events for each statement", false, "55P03")]
    [InlineData("after insert on ledger.blocks deferrable initially deferred for each row", true, "40P01")]
    public async Task A_passing_error_in_a_batch_that_draws_numbers_neither_doubles_nor_loses_one(string when, bool isDeferred, string code)
    {
        await Once(when, isDeferred, $"raise exception 'once' using errcode = '{code}'");
        await WritesOnce();
    }

    /// <summary>Marten's own way would have its numbers be passed by all readers.</summary>
    [Fact]
    [Trait("Category", "Heavy")]
    public async Task A_writer_who_is_stopped_between_its_positions_and_its_events_holds_up_others_for_ten_seconds_and_no_reader_passes_over_it()
    {
        _ = await store.Opened();
        await using var stopped = new NpgsqlConnection(store.Database.ConnectionString);
        await stopped.OpenAsync();
        _ = await StoreFixture.Run(stopped, "begin");
        _ = await StoreFixture.Run(stopped, "select base from ledger.begin_batch()");
        _ = await StoreFixture.Run(stopped, "select nextval('public.mt_events_sequence') from generate_series(1, 3)");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Opened()));
        _ = await Should.ThrowAsync<NpgsqlException>(StoreFixture.Run(stopped, "commit"));
        await IsWhole(events: 21);
        (await store.Feed.After(0, 100, CancellationToken.None)).Select(one => one.Position).ShouldBe(Enumerable.Range(1, 21).Select(n => (long)n));
    }

    /// <summary>A hole beside a long statement would have every reader wait until the statement ends.</summary>
    [Fact]
    public async Task Beside_a_dump_and_a_running_verify_nobody_waits_for_a_writer_who_was_killed()
    {
        _ = await store.Opened();
        await using var dump = new NpgsqlConnection(store.Database.ConnectionString);
        await dump.OpenAsync();
        _ = await StoreFixture.Run(dump, "begin isolation level repeatable read");
        _ = await StoreFixture.Run(dump, "lock table public.mt_events, public.mt_streams, ledger.blocks in access share mode");
        _ = await StoreFixture.Run(dump, "select count(*) from public.mt_events");
        await using var verifying = await LogSnapshot.Take(store.Database, CancellationToken.None);
        _ = await verifying.Query("select count(*) from public.mt_events", [], row => row.GetInt64(0), CancellationToken.None);

        await using var killed = new NpgsqlConnection(store.Database.ConnectionString + ";Pooling=false");
        await killed.OpenAsync();
        _ = await StoreFixture.Run(killed, "begin");
        _ = await StoreFixture.Run(killed, "select base from ledger.begin_batch()");
        _ = await StoreFixture.Run(killed, "select nextval('public.mt_events_sequence') from generate_series(1, 3)");
        _ = await store.Sql($"select pg_terminate_backend({killed.ProcessID})");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Opened()));
        (await store.Feed.After(0, 100, CancellationToken.None)).Select(one => one.Position).ShouldBe(Enumerable.Range(1, 21).Select(n => (long)n));
        await IsWhole(events: 21);
        (await StoreFixture.Run(dump, "select count(*) from public.mt_events")).ShouldBe(1L);
    }

    /// <summary>An older program must not take a newer shape for the class that has its name.</summary>
    [Fact]
    public async Task A_name_that_is_not_known_is_refused_though_its_class_is()
    {
        var id = await store.Opened(5);
        await store.Tamper("update public.mt_events set type = 'counter_added_v9' where seq_id = 2");
        _ = await Should.ThrowAsync<UnknownEventException>(store.Stored(id));
    }

    [Fact]
    public async Task Marten_reads_what_was_written_older_shapes_too()
    {
        var id = await store.Opened(5);
        _ = await store.Handle(new RenameCounter(id, "Old"));
        await store.Tamper("update public.mt_events set type = 'counter_renamed', data = '{\"title\": \"Old\"}' where seq_id = 3");
        await using var log = Marten.DocumentStore.For(options => LogOptions.Configure(options, store.Database, store.Json.Types));
        await using var session = log.QuerySession(StoreFixture.Tenant);
        var read = await session.Events.FetchStreamAsync(id);
        read.Select(one => one.Data).ShouldBe([new CounterOpened(StoreFixture.Now), new CounterAdded(5), new CounterRenamed("Old", "unknown")]);
        read.Select(one => (one.Sequence, one.Version)).ShouldBe([(1, 1), (2, 2), (3, 3)]);
    }

    private async Task WritesOnce()
    {
        var (id, name) = (Guid.CreateVersion7(), new Claim("counter.name", "gate", Counter.Stream(Guid.CreateVersion7()), CounterRejections.NameTaken));
        var commit = store.Write(id, 0, new CounterOpened(StoreFixture.Now), new ReceiptIssued("a"), new ReceiptIssued("b")) with { Claims = [name] };
        var committed = (await store.GroupCommit.Commit(commit)).ShouldBeOfType<CommitResult.Committed>();
        committed.Positions.ShouldBe([1, 2, 3]);
        committed.Numbers.ShouldBe([null, 1, 2]);
        _ = await store.Handle(new IssueReceipts(id, "c"));
        (await store.Stored(id)).State.Receipts.ShouldBe([1, 2, 3, 4]);
        (await store.Count("select count(*) from ledger.claims where kind = 'counter.name'")).ShouldBe(1);
        await IsWhole(events: 6);
        (await store.Count("select count(*) from once.done")).ShouldBe(1, "It was to be cut, and was not.");
    }

    /// <summary>Positions run from 1 without a hole, nothing fills one, and all of it is sealed.</summary>
    private async Task IsWhole(long events)
    {
        (await store.Sql("select array[min(seq_id), max(seq_id), count(*)] from public.mt_events")).ShouldBe(new[] { 1, events, events });
        (await store.Count("select count(*) from public.mt_events where type = 'tombstone'")).ShouldBe(0);
        (await store.Count("select count(*) from public.mt_streams where version = 0")).ShouldBe(0);
        (await new LogVerifier(store.Database).Verify(null, null, CancellationToken.None)).Findings.ShouldBeEmpty();
    }

    /// <summary>Has something happen where a batch writes, once: that it did is written down even if the batch is not.</summary>
    private Task Once(string when, bool isDeferred, string what)
    {
        var table = when.Split(' ')[Array.IndexOf(when.Split(' '), "on") + 1];
        return store.Tamper($"""
            create schema once;
            create sequence once.times;
            create view once.done as select 1 from once.times where is_called and last_value >= 1;
            grant usage on schema once to public;
            grant all on once.times to public;
            grant select on once.done to public;
            create function once.happen() returns trigger language plpgsql as $$
            begin
                if nextval('once.times') = 1 then {what}; end if;
                return null;
            end
            $$;
            create {(isDeferred ? "constraint " : "")}trigger once {when} execute function once.happen();
            alter table {table} enable always trigger once
            """);
    }

    private static Commit Looking(Commit commit, Guid also) => commit with { Streams = [.. commit.Streams, new(Counter.Stream(also), 1, 0)] };

    private static Commit Of(string tenant, Commit commit) => commit with { Tenant = tenant };
}
