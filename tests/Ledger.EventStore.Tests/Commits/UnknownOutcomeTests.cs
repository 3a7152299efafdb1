using Npgsql;

namespace Ledger.EventStore.Tests.Commits;

/// <summary>The connection is cut before, while and after the database writes; the commit stands once all the same.</summary>
public sealed class UnknownOutcomeTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_batch_whose_backend_is_ended_while_it_waits_is_written_once()
    {
        var id = await store.Opened();
        var held = await store.HoldBatch();
        var adding = store.Handle(new AddToCounter(id, 5));
        var ended = await store.WaitingBatch();
        _ = await store.Sql("select pg_terminate_backend($1)", ended);
        _ = await store.WaitingBatch(ended);
        await held.DisposeAsync();

        (await adding).Version.ShouldBe(2);
        (await store.Stored(id)).ShouldSatisfyAllConditions(stored => stored.Version.ShouldBe(2), stored => stored.State.Total.ShouldBe(5));
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_known_by_its_events()
    {
        var id = await store.Opened();
        var message = GroupCommitTests.Message();
        var commit = store.Write(id, 1, new ReceiptIssued("one"), new CounterAdded(2)) with { Sends = [message] };

        var written = (await WithTheFirstAnswerLost(commit)).ShouldBeOfType<CommitResult.Committed>();

        written.Positions.ShouldBe([2, 3]);
        written.Numbers.ShouldBe([1, null]);
        (await store.Stored(id)).Version.ShouldBe(3);
        (await store.Count("select last from ledger.numbers")).ShouldBe(1);
        (await store.Count("select count(*) from ledger.messages")).ShouldBe(1);
    }

    [Fact]
    public async Task A_commit_that_was_refused_stays_refused_when_the_answer_was_lost()
    {
        var id = await store.Opened();
        _ = (await WithTheFirstAnswerLost(store.Write(id, 0, new CounterAdded(2)))).ShouldBeOfType<CommitResult.StreamMovedOn>();
    }

    [Fact]
    public async Task A_message_completed_without_events_is_known_to_be_completed()
    {
        var message = GroupCommitTests.Message();
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Sends = [message] });
        _ = (await WithTheFirstAnswerLost(new(StoreFixture.Tenant) { Completes = new(message.Id, 0) })).ShouldBeOfType<CommitResult.Committed>();
    }

    [Fact]
    public async Task A_checkpoint_that_moved_is_known_to_have_moved()
    {
        var commit = new Commit(StoreFixture.Tenant) { Checkpoint = new("policy:one", 0, 5, null, null), Sends = [GroupCommitTests.Message()] };
        _ = (await WithTheFirstAnswerLost(commit)).ShouldBeOfType<CommitResult.Committed>();
        (await store.Count("select count(*) from ledger.messages")).ShouldBe(1);
    }

    [Fact]
    public async Task A_stored_refusal_is_known_to_be_stored()
    {
        var record = new IdempotencyRecord(new(StoreFixture.Tenant, "caller", "k"), [1], true, true, null, 409, [2], null, false);
        _ = (await WithTheFirstAnswerLost(new(StoreFixture.Tenant) { Idempotency = record })).ShouldBeOfType<CommitResult.Committed>();
    }

    [Fact]
    public async Task An_answer_to_the_same_request_made_elsewhere_is_not_taken_for_ones_own()
    {
        var key = new IdempotencyKey(StoreFixture.Tenant, "caller", "k");
        Commit Answered(byte answer) => new(StoreFixture.Tenant) { Idempotency = new(key, [1], true, true, null, 409, [answer], null, false) };

        var results = await WithTheFirstAnswerLost([Answered(2)], () => Task.CompletedTask, written: Answered(3));
        (await results[0]).ShouldBeOfType<CommitResult.KeyKnown>("The caller is to be told what the other was told.");
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_known_even_when_the_batch_falls_apart()
    {
        var id = await store.Opened();
        var person = Guid.CreateVersion7();
        var mate = new Commit(StoreFixture.Tenant) { Keys = [store.Keys.New(person).Change] };

        // The mate can be written once only: the second try fails in SQL, and both are tried alone.
        var results = await WithTheFirstAnswerLost(
            [store.Write(id, 1, new CounterAdded(2)), mate],
            () => store.Sql("insert into ledger.personal_keys values ($1, $2, '\\x01', now())", StoreFixture.Tenant, person));

        _ = (await results[0]).ShouldBeOfType<CommitResult.Committed>();
        _ = await Should.ThrowAsync<PostgresException>(results[1]);
        (await store.Stored(id)).Version.ShouldBe(2);
    }

    private async Task<CommitResult> WithTheFirstAnswerLost(Commit commit) =>
        await (await WithTheFirstAnswerLost([commit], () => Task.CompletedTask))[0];

    /// <summary>
    /// Commits of one batch. Its first try is ended while it waits for the lock; before the second one gets it, another
    /// process writes the first of the commits, as that try would have, had it got so far; or something else.
    /// </summary>
    private async Task<Task<CommitResult>[]> WithTheFirstAnswerLost(Commit[] commits, Func<Task> meanwhile, Commit? written = null)
    {
        // All that come while a batch waits go together in the next one, which is made to wait as well.
        var held = await store.HoldBatch();
        var gathering = store.GroupCommit.Commit(new(StoreFixture.Tenant) { ClockTo = StoreFixture.Now });
        _ = await store.WaitingBatch();
        var results = commits.Select(store.GroupCommit.Commit).ToArray();
        var holding = store.HoldBatch();
        await store.Until($"select count(*) = 1 {Waiting} and query like 'select pg_advisory_lock%'");
        await held.DisposeAsync();
        _ = await gathering;
        held = await holding;

        var first = await store.WaitingBatch();
        await using var lost = store.AnotherProcess();
        var writing = lost.GroupCommit.Commit(written ?? commits[0]);
        await store.Until($"select count(*) = 2 {Waiting} and query like '%begin_batch%'");
        _ = await store.Sql("select pg_terminate_backend($1)", first);
        await store.Until($"select count(*) = 2 {Waiting} and query like '%begin_batch%' and pid <> {first}");
        await meanwhile();
        await held.DisposeAsync();   // Who waits for a lock gets it in the order of asking.
        _ = await writing;
        _ = await Task.WhenAny(Task.WhenAll(results));
        return results;
    }

    private const string Waiting = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
}
