using Ledger.EventStore.Leases;

namespace Ledger.EventStore.Tests.Leases;

public sealed class LeaseTests : IAsyncLifetime
{
    private StoreFixture store = null!;
    private Lease first = null!, second = null!;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        (first, second) = (new(store.Database, "views"), new(store.Database, "views"));
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task While_one_has_it_another_waits()
    {
        (await first.Hold(CancellationToken.None)).ShouldBe(1);
        (await second.Hold(CancellationToken.None)).ShouldBeNull();
        (await first.Hold(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task One_that_was_let_go_is_the_next_ones_at_once_with_a_new_epoch()
    {
        _ = await first.Hold(CancellationToken.None);
        await first.Release(CancellationToken.None);
        (await second.Hold(CancellationToken.None)).ShouldBe(2);
        (await first.Hold(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_has_expired_is_anybodys()
    {
        _ = await first.Hold(CancellationToken.None);
        await Expire();
        (await second.Hold(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Its_owner_who_comes_back_late_before_anybody_else_keeps_its_epoch()
    {
        _ = await first.Hold(CancellationToken.None);
        await first.Release(CancellationToken.None);
        (await first.Hold(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_never_had_it_lets_nothing_go()
    {
        _ = await first.Hold(CancellationToken.None);
        await second.Release(CancellationToken.None);
        (await second.Hold(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_who_want_it_at_once_one_gets_it()
    {
        var epochs = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await new Lease(store.Database, "one").Hold(CancellationToken.None)));
        epochs.Count(epoch => epoch == 1).ShouldBe(1);
        epochs.Count(epoch => epoch is null).ShouldBe(19);
    }

    private async Task Expire() => _ = await store.Sql("update ledger.leases set until = now() - interval '1 second'");
}
