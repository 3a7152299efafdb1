using Ledger.EventStore.Feed;

namespace Ledger.EventStore.Tests.Feed;

public sealed class EventFeedTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Who_follows_the_log_while_many_write_misses_nothing_and_sees_nothing_twice()
    {
        await using var other = store.AnotherProcess();
        var writing = Task.WhenAll(Enumerable.Range(0, 150).Select(n => (n % 2 == 0 ? store : other).Opened(1)));
        var seen = new List<long>();
        while (seen.Count < 300)
        {
            var page = await store.Feed.After(seen.Count == 0 ? 0 : seen[^1], 7, CancellationToken.None);
            seen.AddRange(page.Select(happened => happened.Position));
            page.Count.ShouldBeLessThanOrEqualTo(7);
        }

        _ = await writing;
        seen.ShouldBe(Enumerable.Range(1, 300).Select(n => (long)n));
        (await store.Feed.Head(CancellationToken.None)).ShouldBe(300);
    }

    [Fact]
    public async Task An_empty_log_has_its_head_at_0()
    {
        (await store.Feed.Head(CancellationToken.None)).ShouldBe(0);
        (await store.Feed.After(0, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tenant_follows_its_own_events_of_all_types_or_of_some()
    {
        var id = await store.Opened(1);
        _ = await store.Opened(1, StoreFixture.OtherTenant);
        _ = await store.Handle(new CloseCounter(id));

        async Task<List<long>> After(long position, string[]? types, int limit = 10) =>
            [.. (await store.Feed.AfterForTenant(StoreFixture.Tenant, position, types, limit, CancellationToken.None)).Select(one => one.Position)];

        (await After(0, null)).ShouldBe([1, 2, 5]);
        (await After(1, null)).ShouldBe([2, 5]);
        (await After(0, null, 2)).ShouldBe([1, 2]);
        (await After(0, ["counter_closed", "counter_added"])).ShouldBe([2, 5]);
        (await After(0, ["nothing"])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_is_read_in_its_order_with_all_that_is_known_of_an_event()
    {
        var id = await store.Opened(5);
        var events = await store.Feed.OfStream(StoreFixture.Tenant, id, CancellationToken.None);
        events.Select(one => (one.Position, one.Version, one.Type, one.Event)).ShouldBe(
        [
            (1, 1, "counter_opened", new CounterOpened(StoreFixture.Now)),
            (2, 2, "counter_added", new CounterAdded(5)),
        ]);
        events[0].Context.ShouldBe(new(StoreFixture.Tenant, Counter.Stream(id), 1, 1, StoreFixture.Now));
        (await store.Feed.OfStream(StoreFixture.OtherTenant, id, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_signal_wakes_all_who_took_it_before_and_a_wait_ends_in_any_case()
    {
        var signal = new LogSignal();
        var (one, two) = (signal.Next, signal.Next);
        one.IsCompleted.ShouldBeFalse();
        signal.Raise();
        await Task.WhenAll(one, two).WaitAsync(TimeSpan.FromSeconds(10));
        signal.Next.IsCompleted.ShouldBeFalse();

        await LogSignal.Wait(signal.Next, TimeSpan.FromMilliseconds(1), CancellationToken.None);
        _ = await Should.ThrowAsync<OperationCanceledException>(LogSignal.Wait(signal.Next, TimeSpan.FromMinutes(1), new(canceled: true)));
    }

    [Fact]
    public async Task Another_process_is_told_that_the_log_has_grown()
    {
        await using var other = store.AnotherProcess();
        await using var here = new ProcessSignals(store.Database, store.GroupCommit);
        await using var there = new ProcessSignals(other.Database, other.GroupCommit);
        here.Start();
        there.Start();
        await store.Until("select count(*) = 2 from pg_stat_activity where datname = current_database() and query like 'listen%'");

        var (log, messages, views) = (there.Log.Next, there.Messages.Next, there.Views.Next);
        _ = await store.Opened();
        await Task.WhenAll(log, messages, views).WaitAsync(TimeSpan.FromSeconds(10));
        (here.Head, there.Head).ShouldBe((1, 0));

        here.Seen(7);
        here.Seen(3);
        here.Head.ShouldBe(7);
    }
}
