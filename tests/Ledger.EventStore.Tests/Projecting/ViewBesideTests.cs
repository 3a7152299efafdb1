using Ledger.EventStore.Projecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.EventStore.Tests.Projecting;

/// <summary>A changed view beside the one that is read: built, compared, switched to, left again, dropped.</summary>
public sealed class ViewBesideTests : IAsyncLifetime
{
    /// <summary>Counts the big additions twice.</summary>
    private sealed class Doubled(int version = 2) : Totals(version: version)
    {
        public override TotalsRow? After(TotalsRow? row, Guid id, StoredEvent happened) => happened.Event switch
        {
            CounterAdded { Amount: >= 100 } added => row! with { Total = row.Total + 2 * added.Amount, Changes = row.Changes + 1 },
            _ => base.After(row, id, happened),
        };
    }

    private static readonly View[] Views = [new Totals(), new Doubled()];
    private StoreFixture store = null!;
    private ViewTables tables = null!;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        tables = new(store.Database);
        (await tables.Prepare(Views, CancellationToken.None)).ShouldBeEmpty();
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task The_lowest_version_is_read_until_one_is_switched_to_and_a_start_leaves_that_alone()
    {
        _ = await store.Opened(100);
        (await Active()).Version.ShouldBe(1);
        (await Rebuild().Beside(Views[1], null, CancellationToken.None)).ShouldBe("totals_v2_2");
        (await Active()).Version.ShouldBe(1);

        await Rebuild().SwitchTo("totals", Views, CancellationToken.None);
        var active = await Active();
        (active.Version, active.Previous, active.PreviousVersion, active.Candidate).ShouldBe((2, "totals_v1_1", 1, null));
        (await tables.Prepare(Views, CancellationToken.None)).ShouldBeEmpty();
        (await Total()).ShouldBe(200);

        await Rebuild().GoBack("totals", Views, CancellationToken.None);
        active = await Active();
        (active.Version, active.PreviousVersion).ShouldBe((1, 2));
        (await Total()).ShouldBe(100);
    }

    [Fact]
    public async Task Both_are_compared_at_the_position_of_the_live_one_and_only_what_differs_is_told()
    {
        var same = await store.Opened(5);
        var other = await store.Opened(100);
        await RunUntilQuiet();
        _ = await Rebuild().Beside(Views[1], null, CancellationToken.None);
        _ = await store.Handle(new AddToCounter(same, 200));   // The live table has not seen it.

        var (compared, found) = await Compare();
        (compared.Position, compared.ServedRows, compared.CandidateRows, compared.Different).ShouldBe((4, 2, 2, 1));
        var one = found.ShouldHaveSingleItem();
        (one.Tenant, one.Id, one.Kind).ShouldBe((StoreFixture.Tenant, other, RowKind.Differs));
        one.Columns.ShouldBe([("total", "100", "200")]);

        await RunUntilQuiet();
        (compared, _) = await Compare();
        (compared.Position, compared.Different).ShouldBe((5, 2));
    }

    [Fact]
    public async Task Rows_that_only_one_has_are_told_as_such()
    {
        var id = await store.Opened(5);
        await RunUntilQuiet();
        var table = await Rebuild().Beside(Views[0], null, CancellationToken.None);
        (await Compare()).Found.ShouldBeEmpty();

        _ = await store.Sql($"delete from views.{table}");
        (await Compare()).Found.ShouldHaveSingleItem().Kind.ShouldBe(RowKind.OnlyServed);
        _ = await store.Sql($"insert into views.{table} select tenant_id, gen_random_uuid(), total, name, opened_at, opened_on, changes from views.totals");
        (await Compare()).Found.Select(one => (one.Kind, one.Id == id)).ShouldBe([(RowKind.OnlyServed, true), (RowKind.OnlyCandidate, false)], ignoreOrder: true);
    }

    [Fact]
    public async Task Nothing_beside_it_is_refused_and_so_is_a_table_of_a_version_that_nobody_has_the_code_of()
    {
        (await Should.ThrowAsync<InvalidOperationException>(Compare())).Message.ShouldContain("Nothing was built beside the view totals");
        (await Should.ThrowAsync<InvalidOperationException>(Rebuild().SwitchTo("totals", Views, CancellationToken.None))).Message.ShouldContain("Nothing was built");
        _ = await Rebuild().Beside(Views[1], null, CancellationToken.None);
        (await Should.ThrowAsync<InvalidOperationException>(Rebuild().SwitchTo("totals", [Views[0]], CancellationToken.None))).Message.ShouldContain("of version 2 of totals, which this program has no code of");
        await Rebuild().SwitchTo("totals", Views, CancellationToken.None);
        (await Should.ThrowAsync<InvalidOperationException>(Rebuild().GoBack("totals", [Views[1]], CancellationToken.None))).Message.ShouldContain("of version 1 of totals");
    }

    [Fact]
    public async Task What_is_beside_survives_a_start_and_another_build_and_is_dropped_on_demand()
    {
        _ = await Rebuild().Beside(Views[1], null, CancellationToken.None);
        var kept = await Rebuild().Beside(Views[1], null, CancellationToken.None);
        var until = await Rebuild().Until(Views[0], 0, null, CancellationToken.None);
        _ = await tables.Prepare(Views, CancellationToken.None);
        await Rebuild().Run([Views[0]], null, CancellationToken.None);
        (await Tables()).ShouldBe(["totals_v1_1", "totals_v1_4", kept, until], ignoreOrder: true);

        (await tables.DropBeside(Views[0], CancellationToken.None)).ShouldBe([until, kept], ignoreOrder: true);
        (await Tables()).ShouldBe(["totals_v1_1", "totals_v1_4"], ignoreOrder: true);
        (await Active()).Candidate.ShouldBeNull();
        (await tables.DropBeside(Views[0], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_view_as_of_a_position_has_what_was_there_by_then_and_the_live_one_is_not_touched()
    {
        var id = await store.Opened(5);
        _ = await store.Handle(new AddToCounter(id, 7));
        await RunUntilQuiet();
        var until = await Rebuild().Until(Views[0], 2, null, CancellationToken.None);
        until.ShouldBe("totals_v1_until_2");
        (await store.Count($"select total from views.{until}")).ShouldBe(5);
        (await Total()).ShouldBe(12);
        (await store.Count("select count(*) from ledger.places where name like '%until%'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_hash_of_a_view_follows_from_its_rows_however_they_came_there()
    {
        var id = await store.Opened(5);
        await RunUntilQuiet();
        _ = await store.Handle(new AddToCounter(id, 7));
        await RunUntilQuiet();
        var before = (await Hashes()).ShouldHaveSingleItem();
        (before.Position, before.Rows).ShouldBe((3, 1));
        await Rebuild().Run([Views[0]], null, CancellationToken.None);
        (await Hashes()).ShouldBe([before]);
        _ = await store.Sql("update views.totals set total = total + 1");
        (await Hashes())[0].Hash.ShouldNotBe(before.Hash);
    }

    [Fact]
    public async Task Readers_see_all_that_was_written_and_fail_at_nothing_while_a_changed_view_is_switched_to_and_left_again()
    {
        using var stop = new CancellationTokenSource();
        using var stopViews = new CancellationTokenSource();
        var running = Runner().Run(stopViews.Token);
        var (id, written, reads) = (await store.Opened(1), 1L, 0);
        var progress = new ViewProgress(store.Database, store.Signals);
        (await progress.WaitFor(await store.Feed.Head(CancellationToken.None), TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (written == 600)   // 667 is a total that the table refuses.
                {
                    await Task.Delay(10);
                    continue;
                }

                var outcome = await store.Handle(new AddToCounter(id, 1));
                (await progress.WaitFor(outcome.Position, TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
                _ = Interlocked.Increment(ref written);
            }
        });
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var least = Interlocked.Read(ref written);
                (await Total()).ShouldBeGreaterThanOrEqualTo(least);
                _ = Interlocked.Increment(ref reads);
            }
        })).ToArray();

        for (var round = 0; round < 5; round++)
        {
            _ = await Rebuild().Beside(Views[1], null, CancellationToken.None);
            (await Compare()).Found.ShouldBeEmpty("No addition was big.");
            await Rebuild().SwitchTo("totals", Views, CancellationToken.None);
            (await Active()).Version.ShouldBe(2);
            var seen = Volatile.Read(ref reads);
            for (var looks = 0; looks < 1000 && Volatile.Read(ref reads) < seen + 20; looks++) await Task.Delay(10);
            await Rebuild().GoBack("totals", Views, CancellationToken.None);
        }

        await stop.CancelAsync();
        await writing;
        await Task.WhenAll(reading);
        await stopViews.CancelAsync();
        await running;
        (await Active()).Version.ShouldBe(1);
        reads.ShouldBeGreaterThan(100);
    }

    private async Task<(ComparedTables Compared, List<RowDifference> Found)> Compare()
    {
        var found = new List<RowDifference>();
        var compared = await new ViewComparison(Rebuild()).Run("totals", Views, one =>
        {
            found.Add(one);
            return Task.CompletedTask;
        }, CancellationToken.None);
        return (compared, found);
    }

    private Task<IReadOnlyList<ViewHash>> Hashes() => new ViewHashes(store.Database, tables).Read(Views, CancellationToken.None);

    private async Task<long> Total() =>
        (await store.Database.QueryAsTenant(StoreFixture.Tenant, "select total from views.totals order by id limit 1", [], row => row.GetInt64(0), CancellationToken.None))[0];

    private async Task<ActiveTable> Active() => (await tables.Active(CancellationToken.None))["totals"];

    private async Task<string[]> Tables() =>
        (string[])(await store.Sql("select array_agg(tablename::text) from pg_tables where tablename like 'totals%'"))!;

    private ViewRunner Runner() => new(store.Database, store.Feed, tables, store.Signals, Views, NullLogger<ViewRunner>.Instance);

    private ViewRebuild Rebuild() => new(store.Database, store.Feed, tables);

    private async Task RunUntilQuiet()
    {
        using var stop = new CancellationTokenSource();
        var running = Runner().Run(stop.Token);
        (await new ViewProgress(store.Database, store.Signals).WaitFor(await store.Feed.Head(CancellationToken.None), TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
        await stop.CancelAsync();
        await running;
    }
}
