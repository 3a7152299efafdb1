namespace Ledger.EventStore.Tests;

public sealed class CommandHandlerTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task What_was_decided_stands_and_is_answered()
    {
        var id = await store.Opened();
        var outcome = await store.Handle(new AddToCounter(id, 5));

        outcome.State.Total.ShouldBe(5);
        (outcome.Version, outcome.Position).ShouldBe((2, 2));
        outcome.Events.ShouldBe([new CounterAdded(5)]);
        (await store.Stored(id)).ShouldSatisfyAllConditions(
            stored => stored.Version.ShouldBe(2), stored => stored.State.Total.ShouldBe(5));
    }

    [Fact]
    public async Task Deciding_nothing_writes_nothing()
    {
        var id = await store.Opened();
        var outcome = await store.Handle(new AddToCounter(id, 0));
        (outcome.Version, outcome.Rejection, outcome.Events.Count).ShouldBe((1, null, 0));
        (await store.Count("select count(*) from public.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task When_another_writer_was_first_it_decides_again_on_the_newest_state()
    {
        var (from, to) = (await store.Opened(10), await store.Opened());
        await using var other = store.AnotherProcess();
        var looks = 0;
        var outcome = await store.Handle(new MoveBetween(from, to, 7, async () =>
        {
            if (looks++ == 0) _ = await other.Handle(new AddToCounter(from, 100));
        }));

        looks.ShouldBe(2);
        outcome.Of<Counter>(Counter.Stream(from)).State.Total.ShouldBe(103);
        (await store.Stored(to)).State.Total.ShouldBe(7);
    }

    [Fact]
    public async Task Other_writers_who_are_always_first_end_it_with_nothing_written()
    {
        var (from, to) = (await store.Opened(10), await store.Opened());
        await using var other = store.AnotherProcess();
        _ = await Should.ThrowAsync<StillContendedException>(store.Handle(
            new MoveBetween(from, to, 7, async () => _ = await other.Handle(new AddToCounter(from, 1)))));
        (await store.Stored(to)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_only_looked_at_is_part_of_the_decision()
    {
        var (guard, id) = (await store.Opened(), await store.Opened());
        await using var other = store.AnotherProcess();
        var outcome = await store.Handle(new AddWhileOpen(guard, id, 5, async () => _ = await other.Handle(new CloseCounter(guard))));

        outcome.Rejection.ShouldBe(CounterRejections.NotOpen);
        (await store.Stored(id)).Version.ShouldBe(1);
        (await store.Stored(guard)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_is_only_looked_at_is_left_as_it_is()
    {
        var (guard, id) = (await store.Opened(), await store.Opened());
        _ = await store.Handle(new AddWhileOpen(guard, id, 5));
        ((await store.Stored(guard)).Version, (await store.Stored(id)).Version).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_stream_taken_to_be_new_that_does_exist_is_loaded()
    {
        var id = await store.Opened();
        await using var other = store.AnotherProcess();
        var outcome = await other.Handle(new OpenCounter(id));
        (outcome.Version, outcome.Events.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_refusal_on_an_old_state_in_memory_is_checked_before_it_is_given()
    {
        await using var other = store.AnotherProcess();
        var id = Guid.CreateVersion7();
        (await other.Handle(new AddToCounter(id, 1))).Rejection.ShouldBe(CounterRejections.NotOpen);
        _ = await store.Handle(new OpenCounter(id));
        _ = await store.Handle(new CloseCounter(id));
        (await other.Handle(new AddToCounter(id, 1))).Rejection.ShouldBe(CounterRejections.NotOpen);
        _ = await store.Handle(new OpenCounter(id));

        // The other process still has it closed, in memory.
        var outcome = await other.Handle(new AddToCounter(id, 1));
        outcome.Rejection.ShouldBeNull();
        outcome.Version.ShouldBe(4);
    }

    [Fact]
    public async Task Nothing_to_do_on_an_old_state_in_memory_is_checked_before_it_is_said()
    {
        var id = await store.Opened();
        await using var other = store.AnotherProcess();
        _ = await other.Handle(new AddToCounter(id, 1));
        _ = await store.Handle(new CloseCounter(id));

        (await other.Handle(new OpenCounter(id))).Events.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_caller_who_saw_an_older_version_is_told_the_current_one()
    {
        var id = await store.Opened(5);
        var stale = await Should.ThrowAsync<VersionStaleException>(
            store.Handle(new AddToCounter(id, 1), StoreFixture.Context() with { ExpectedVersion = 1 }));
        stale.Current.ShouldBe(2);
        (await store.Handle(new AddToCounter(id, 1), StoreFixture.Context() with { ExpectedVersion = 2 })).Version.ShouldBe(3);
    }

    [Fact]
    public async Task Who_acted_when_and_why_stands_beside_the_event()
    {
        var id = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(id), StoreFixture.Asked("k") with { RequestId = "r", CausationId = "c", Policy = "p" });

        var stored = (await store.Feed.OfStream(StoreFixture.Tenant, id, CancellationToken.None)).ShouldHaveSingleItem();
        stored.Headers.ShouldBe(new(1, StoreFixture.Now, "test", "tester", "r", "k", "p"));
        (stored.CorrelationId, stored.CausationId, stored.Tenant, stored.Stream).ShouldBe(("r", "c", StoreFixture.Tenant, Counter.Stream(id)));
    }
}
