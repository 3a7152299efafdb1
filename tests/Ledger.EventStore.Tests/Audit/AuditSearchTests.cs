using Ledger.EventStore.Audit;

namespace Ledger.EventStore.Tests.Audit;

/// <summary>A search ends in time and says how far it has come; searches one after the other find everything.</summary>
public sealed class AuditSearchTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task What_is_far_away_is_found_by_the_next_search()
    {
        var id = Guid.CreateVersion7();
        _ = await store.GroupCommit.Commit(store.Write(id, 0, [new CounterOpened(StoreFixture.Now), .. Enumerable.Repeat(new CounterAdded(1), EventSearch.LooksMax + 500)]));
        var search = new EventSearch(store.Database);
        foreach (var wanted in new EventsWanted[]
        {
            new(null, ["counter_opened"], ["test:tester"], 0, EventPlace.End), new(id, ["counter_opened"], null, 0, EventPlace.End),
        })
        {
            var first = await search.Find(StoreFixture.Tenant, wanted, 10, CancellationToken.None);
            first.Rows.ShouldBeEmpty();
            first.CutAt.ShouldNotBeNull();
            var second = await search.Find(StoreFixture.Tenant, wanted with { Before = first.CutAt.Value }, 10, CancellationToken.None);
            second.Rows.Select(place => place.Position).ShouldBe([1L]);
            second.CutAt.ShouldBeNull();
        }

        var all = await search.Find(StoreFixture.Tenant, new(null, null, null, 0, EventPlace.End), 10, CancellationToken.None);
        all.Rows.Select(place => place.Position).ShouldBe(Enumerable.Range(0, 10).Select(n => EventSearch.LooksMax + 501L - n));
        all.CutAt.ShouldBeNull();
    }

    [Fact]
    public async Task The_last_position_before_an_instant_is_the_one_that_the_log_says()
    {
        for (var i = 0; i < 9; i++) _ = await store.Opened();
        var search = new EventSearch(store.Database);
        var events = await store.Feed.After(0, 100, CancellationToken.None);
        foreach (var one in events)
        {
            (await search.PositionBefore(StoreFixture.Tenant, one.RecordedAt, CancellationToken.None)).ShouldBe(events.Count(other => other.RecordedAt < one.RecordedAt));
            (await new EventById(store.Database).Find(StoreFixture.Tenant, one.Id, CancellationToken.None)).ShouldBe(one.Position);
            (await new EventById(store.Database).Find(StoreFixture.OtherTenant, one.Id, CancellationToken.None)).ShouldBeNull();
        }

        (await search.PositionBefore(StoreFixture.Tenant, events[0].RecordedAt - Duration.FromDays(1), CancellationToken.None)).ShouldBe(0);
        (await search.PositionBefore(StoreFixture.Tenant, events[^1].RecordedAt + Duration.FromDays(1), CancellationToken.None)).ShouldBe(events.Count);
    }

    [Fact]
    public async Task Rows_are_forgotten_after_a_year_and_not_before()
    {
        var rows = new AuditRows(store.Database);
        var now = StoreFixture.Now;
        foreach (var (name, at) in new[] { ("old", now - AuditRows.KeptFor - Duration.FromSeconds(1)), ("young", now - AuditRows.KeptFor + Duration.FromSeconds(1)) })
        {
            _ = await rows.Write([new RequestOrigin(StoreFixture.Tenant, name, at, "::1", null)], CancellationToken.None);
            _ = await rows.Write([new AccessRecord(StoreFixture.Tenant, TimedId.New(at), at, null, name, true, null, null, 200, null, null, null, null)], CancellationToken.None);
        }

        (await rows.Forget(now, CancellationToken.None)).ShouldBe(2);
        (await rows.Forget(now, CancellationToken.None)).ShouldBe(0);
        (await store.Sql("select string_agg(operation, ',') from ledger.access_log")).ShouldBe("young");
        (await store.Sql("select string_agg(request_id, ',') from ledger.request_origins")).ShouldBe("young");
    }

    [Fact]
    public void Ids_are_in_the_order_of_their_microseconds()
    {
        var ids = Enumerable.Range(0, 3000).Select(n => TimedId.New(StoreFixture.Now + Duration.FromNanoseconds(n * 1000L))).ToList();
        ids.ShouldBe(ids.Order());
        ids.ShouldAllBe(id => id.Version == 7);
        TimedId.MadeAt(ids[0]).ShouldBe(Instant.FromUnixTimeMilliseconds(StoreFixture.Now.ToUnixTimeMilliseconds()));
        TimedId.FirstAt(StoreFixture.Now).CompareTo(ids[0]).ShouldBeLessThan(0);
    }
}
