namespace Ledger.EventStore.Tests.Streams;

public sealed class StreamLoaderTests : IAsyncLifetime
{
    private static readonly Instant Now = StoreFixture.Now;
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_stream_nobody_wrote_to_is_as_it_is_before_anything_happened() =>
        (await store.Stored(Guid.CreateVersion7())).ShouldBe((Counter.Initial, 0));

    [Fact]
    public async Task Only_what_came_later_is_read_of_what_is_known()
    {
        var id = await store.Opened(5);
        var known = (Counter.Initial with { Total = 1000 }, 1L);
        var (state, version) = await store.Loader.Load<Counter, CounterEvent>(StoreFixture.Tenant, Counter.Stream(id), known, CancellationToken.None);
        (state.Total, version).ShouldBe((1005, 2));
    }

    [Fact]
    public async Task A_state_can_be_had_as_it_was_at_any_position()
    {
        var id = await store.Opened();
        _ = await store.Handle(new AddToCounter(id, 1));
        _ = await store.Opened();
        _ = await store.Handle(new AddToCounter(id, 2));

        var totals = new List<(long, long)>();
        for (var position = 0; position <= 5; position++)
        {
            var (state, version) = await store.Loader.LoadAt<Counter, CounterEvent>(StoreFixture.Tenant, Counter.Stream(id), position, CancellationToken.None);
            totals.Add((state.Total, version));
        }

        totals.ShouldBe([(0, 0), (0, 1), (1, 2), (1, 2), (3, 3), (3, 3)]);
    }

    [Fact]
    public async Task A_state_can_be_had_as_it_was_true_at_any_instant()
    {
        var id = await store.Opened();
        _ = await store.Handle(new AddToCounter(id, 1), StoreFixture.Context() with { At = Now + Duration.FromHours(2) });
        _ = await store.Handle(new AddToCounter(id, 10), StoreFixture.Context() with { At = Now + Duration.FromHours(1) });

        async Task<(long, long)> At(Instant instant)
        {
            var (state, version) = await store.Loader.LoadAsOf<Counter, CounterEvent>(StoreFixture.Tenant, Counter.Stream(id), instant, position: null, CancellationToken.None);
            return (state.Total, version);
        }

        (await At(Now - Duration.FromSeconds(1))).ShouldBe((0, 0));
        (await At(Now)).ShouldBe((0, 1));
        (await At(Now + Duration.FromHours(1))).ShouldBe((10, 3), "What was backdated was true before what was recorded earlier.");
        (await At(Now + Duration.FromHours(2))).ShouldBe((11, 3));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var id = await store.Opened(5);
        (await store.Stored(id, StoreFixture.OtherTenant)).Version.ShouldBe(0);
    }

    [Fact]
    public async Task Folded_in_memory_is_folded_from_storage()
    {
        var id = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(id, "Þórbergur \"lobby\" \\ <&>"));
        _ = await store.Handle(new AddToCounter(id, 5));
        _ = await store.Handle(new RenameCounter(id, "🏔 \u2028"));
        _ = await store.Handle(new IssueReceipts(id, "x"));
        var memory = await store.Handle(new CloseCounter(id));

        var (state, version) = await store.Stored(id);
        version.ShouldBe(memory.Version);
        (state with { Receipts = [] }).ShouldBe(memory.State with { Receipts = [] });
        state.Receipts.ShouldBe(memory.State.Receipts);
        state.OpenedAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData(1_234_567_999, 1_234_567_000)]
    [InlineData(-1, -1000)]
    [InlineData(-1000, -1000)]
    [InlineData(0, 0)]
    public void Instants_are_cut_to_what_the_database_keeps(long nanoseconds, long kept) =>
        (NodaConstants.UnixEpoch + Duration.FromNanoseconds(nanoseconds)).ToMicroseconds()
            .ShouldBe(NodaConstants.UnixEpoch + Duration.FromNanoseconds(kept));

    [Fact]
    public async Task A_business_instant_is_cut_to_what_the_database_keeps()
    {
        var id = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(id), StoreFixture.Context() with { At = Now.PlusNanoseconds(999) });
        (await store.Feed.OfStream(StoreFixture.Tenant, id, CancellationToken.None))[0].Headers.EffectiveAt.ShouldBe(Now);
        (await store.Sql("select effective_at = $1 from ledger.event_index", Now)).ShouldBe(true);
    }
}
