using Npgsql;

namespace Ledger.EventStore.Tests.Commits;

public sealed class NumberTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Numbers_stand_in_the_events_as_they_are_answered_and_as_they_are_stored()
    {
        var id = await store.Opened();
        var outcome = await store.Handle(new IssueReceipts(id, "first"));

        outcome.Events.ShouldBe([new ReceiptIssued("first", 1), new CounterAdded(1), new ReceiptIssued("first", 2)]);
        outcome.State.Receipts.ShouldBe([1, 2]);
        (await store.Stored(id)).State.Receipts.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_series_is_a_tenants_own()
    {
        _ = await store.Handle(new IssueReceipts(await store.Opened(), "here"));
        var there = await store.Opened(tenant: StoreFixture.OtherTenant);
        (await store.Handle(new IssueReceipts(there, "there"), StoreFixture.Context(StoreFixture.OtherTenant))).State.Receipts.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Numbers_have_no_gaps_and_follow_the_log_whoever_fails()
    {
        await using var other = store.AnotherProcess();
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => store.Opened()));
        await Task.WhenAll(ids.Select(async (id, n) =>
        {
            // A third fails in its version, a third in SQL; neither keeps a number.
            if (n % 3 == 1) _ = await (n % 2 == 0 ? store : other).GroupCommit.Commit(store.Write(id, 7, new ReceiptIssued("late")));
            else if (n % 3 == 2) _ = await Should.ThrowAsync<PostgresException>(store.GroupCommit.Commit(store.Write(id, 1, new ReceiptIssued("\0"))));
            else _ = await (n % 2 == 0 ? store : other).Handle(new IssueReceipts(id, "good"));
        }));

        (await store.Sql("""
            select array_agg((data ->> 'number')::bigint order by seq_id) = array_agg(n order by n)
            from (select *, row_number() over (order by seq_id) as n from public.mt_events where type = 'receipt_issued') as receipts
            """)).ShouldBe(true);
        (await store.Count("select count(*) from public.mt_events where type = 'receipt_issued'")).ShouldBe(28);
        (await store.Count("select last from ledger.numbers")).ShouldBe(28);
    }
}
