using Ledger.EventStore.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ledger.EventStore.Tests.Projecting;

public sealed class ViewTests : IAsyncLifetime
{
    private const string Lease = "views";
    private static readonly View[] Views = [new Totals(), new Activity()];
    private StoreFixture store = null!;
    private ViewTables tables = null!;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        tables = new(store.Database);
        _ = await store.Sql("insert into ledger.leases values ('views', gen_random_uuid(), 1, now())");
        (await tables.Prepare(Views, CancellationToken.None)).ShouldBeEmpty();
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Rows_are_what_the_events_have_made_of_them()
    {
        var id = await store.Opened(5);
        var gone = await store.Opened();
        _ = await store.Handle(new CloseCounter(gone));
        await CatchUp(Runner());

        var row = (await Rows<TotalsRow>("totals")).ShouldHaveSingleItem();
        row.ShouldBe(new(StoreFixture.Tenant, id, 5, null, StoreFixture.Now, StoreFixture.Now.InUtc().Date, 2));
        (await Rows<ActivityRow>("activity")).ShouldBe([new(StoreFixture.Tenant, Guid.Empty, 4, 4)]);
        (await tables.Active(CancellationToken.None)).Values.Select(one => one.Position).ShouldBe([4, 4]);
    }

    [Fact]
    public async Task A_rebuild_while_many_write_gives_the_rows_that_folding_step_by_step_gives()
    {
        using var stop = new CancellationTokenSource();
        var running = Runner().Run(stop.Token);
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => store.Opened(n, n % 3 == 0 ? StoreFixture.OtherTenant : StoreFixture.Tenant)));
        var writing = Task.WhenAll(ids.Select(async (id, n) =>
        {
            var context = StoreFixture.Context(n % 3 == 0 ? StoreFixture.OtherTenant : StoreFixture.Tenant);
            for (var i = 0; i < 10; i++) _ = await store.Handle(new AddToCounter(id, i), context);
            if (n % 4 == 0) _ = await store.Handle(new CloseCounter(id), context);
        }));
        await Rebuild().Run([new Totals(version: 2), new Activity()], null, CancellationToken.None);
        _ = await Rows<TotalsRow>("totals");
        await writing;
        await stop.CancelAsync();
        await running;

        // The rebuilt table has gone on step by step; a fresh rebuild folds it all at once.
        await CatchUp(Runner([new Totals(version: 2), new Activity()]));
        var (totals, activity) = (await Rows<TotalsRow>("totals"), await Rows<ActivityRow>("activity"));
        await Rebuild().Run([new Totals(version: 2), new Activity()], null, CancellationToken.None);
        (await Rows<TotalsRow>("totals")).ShouldBe(totals);
        (await Rows<ActivityRow>("activity")).ShouldBe(activity);
        totals.Count.ShouldBe(15);
        activity.Sum(row => row.Events).ShouldBe((int)await store.Feed.Head(CancellationToken.None));
    }

    [Fact]
    public async Task Rows_filled_in_shares_are_the_rows_filled_at_once()
    {
        for (var n = 0; n < 30; n++) _ = await store.Opened(n);
        var events = await store.Feed.After(0, 1000, CancellationToken.None);
        var shares = Enumerable.Range(0, 3).Select(share =>
        {
            var fold = Views[0].Fold();
            foreach (var happened in events) fold.ApplyShare(happened, share, 3);
            return fold.Count;
        }).ToList();
        shares.Sum().ShouldBe(30);
        shares.ShouldAllBe(count => count > 0 && count < 30);
    }

    [Fact]
    public async Task Queries_read_the_new_table_after_the_switch_and_the_old_one_after_going_back()
    {
        var id = await store.Opened(5);
        await CatchUp(Runner());
        var next = new Totals(version: 2);
        (await tables.Prepare([next], CancellationToken.None)).ShouldBe([next]);

        await Rebuild().Run([next], null, CancellationToken.None);
        var active = (await tables.Active(CancellationToken.None))["totals"];
        (active.Version, active.Table, active.Previous).ShouldBe((2, "totals_v2_2", "totals_v1_1"));
        _ = await store.Handle(new AddToCounter(id, 1));
        await CatchUp(Runner([next]));
        (await Rows<TotalsRow>("totals"))[0].Total.ShouldBe(6);

        await Rebuild().GoBack("totals", [next, new Totals()], CancellationToken.None);
        active = (await tables.Active(CancellationToken.None))["totals"];
        (active.Version, active.Table, active.Previous).ShouldBe((1, "totals_v1_1", "totals_v2_2"));
        (await Rows<TotalsRow>("totals"))[0].Total.ShouldBe(6, "It has caught up.");
        _ = await Should.ThrowAsync<InvalidOperationException>(Rebuild().GoBack("activity", Views, CancellationToken.None));
    }

    [Fact]
    public async Task A_new_view_beside_a_long_log_is_built_while_the_others_go_on()
    {
        var id = await store.Opened(1);
        _ = await store.GroupCommit.Commit(store.Write(id, 2, [.. Enumerable.Repeat(new CounterAdded(1), 2000)]));
        await CatchUp(Runner());
        var late = new Totals("late");
        (await tables.Prepare([.. Views, late], CancellationToken.None)).ShouldBe([late]);
        (await Runner([.. Views, late]).Step("views", 0, CancellationToken.None)).ShouldBe(0, "Nobody waits for it.");
        (await tables.Prepare([.. Views, late], CancellationToken.None)).ShouldBe([late], "It is still to be built.");

        await Rebuild().Run([late], null, CancellationToken.None);
        (await tables.Prepare([.. Views, late], CancellationToken.None)).ShouldBeEmpty();
        (await Rows<TotalsRow>("late")).ShouldHaveSingleItem().Total.ShouldBe(2001);
    }

    [Fact]
    public async Task Of_the_tables_before_only_the_last_is_kept()
    {
        for (var n = 0; n < 3; n++) await Rebuild().Run([new Totals()], null, CancellationToken.None);
        (await store.Sql("select array_agg(tablename::text order by 1) from pg_tables where tablename like 'totals%'"))
            .ShouldBe(new[] { "totals_v1_3", "totals_v1_4" });
        (await store.Count("select count(*) from ledger.places where name like 'view:totals%'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_rebuild_that_fails_leaves_the_live_table_and_nothing_else()
    {
        _ = await store.Opened(5);
        await CatchUp(Runner());
        _ = await store.Opened(666);
        _ = await Should.ThrowAsync<PoisonEventException>(Rebuild().Run([new Totals(version: 2)], null, CancellationToken.None));
        (await tables.Active(CancellationToken.None))["totals"].Table.ShouldBe("totals_v1_1");
        (await store.Count("select count(*) from pg_tables where tablename like 'totals%'")).ShouldBe(1);
    }

    [Theory]
    [InlineData(666, "InvalidOperationException", "cannot be folded")]
    [InlineData(667, "PostgresException", "cannot be stored")]
    [InlineData(668, "InvalidOperationException", "cannot be placed")]
    public async Task A_poison_event_stops_its_own_view_alone(int amount, string reason, string because)
    {
        _ = await store.Opened(1);
        var runner = Runner();
        await CatchUp(runner);
        _ = await store.Opened(amount);
        await CatchUp(runner);

        runner.Stopped.Keys.ShouldBe(["totals"], because);
        runner.Stopped["totals"].ShouldStartWith(reason);
        (await Rows<TotalsRow>("totals"))[0].Total.ShouldBe(1, "It stays as it was.");
        (await tables.Active(CancellationToken.None))["totals"].Position.ShouldBe(2);
        (await Rows<ActivityRow>("activity"))[0].LastPosition.ShouldBe(await store.Feed.Head(CancellationToken.None));

        _ = await store.Opened();
        await CatchUp(runner);
        (await Rows<ActivityRow>("activity"))[0].LastPosition.ShouldBe(await store.Feed.Head(CancellationToken.None));
    }

    [Theory]
    [InlineData("counter_exploded", "{}", "UnknownEventException")]
    [InlineData("counter_added", """{"amount": "many"}""", "JsonException")]
    public async Task An_event_that_cannot_be_read_stops_the_views_that_need_its_stream(string type, string json, string reason)
    {
        View[] views = [new Totals(), new Activity(), new Sightings()];
        _ = await tables.Prepare(views, CancellationToken.None);
        var id = await store.Opened(1);
        var runner = Runner(views);
        await CatchUp(runner);
        await WriteUnread(id, type, json);
        await CatchUp(runner);

        runner.Stopped.Keys.ShouldBe(["totals", "activity"], ignoreOrder: true);
        runner.Stopped["totals"].ShouldStartWith($"{reason} at position 3 ({type})");
        (await tables.Active(CancellationToken.None)).ToDictionary(one => one.Key, one => one.Value.Position)
            .ShouldBe(new Dictionary<string, long> { ["totals"] = 2, ["activity"] = 2, ["sightings"] = 3 }, ignoreOrder: true);

        await Rebuild().Run([new Sightings()], null, CancellationToken.None);
        (await Should.ThrowAsync<PoisonEventException>(Rebuild().Run([new Totals()], null, CancellationToken.None))).Message.ShouldStartWith(reason);
    }

    [Fact]
    public async Task What_a_killed_rebuild_left_is_dropped_at_the_next_start_but_not_while_somebody_builds()
    {
        var left = await tables.CreateBeside(new Totals(version: 2), CancellationToken.None);
        await tables.Complete(new Totals(version: 2), left, 0, CancellationToken.None);
        await using (await tables.BuildAlone([new Totals()], CancellationToken.None))
        {
            var building = await tables.CreateBeside(new Totals(version: 2), CancellationToken.None);
            _ = await tables.Prepare(Views, CancellationToken.None);
            (await Tables()).ShouldBe(["totals_v1_1", left, building], ignoreOrder: true);
        }

        _ = await tables.Prepare(Views, CancellationToken.None);
        (await Tables()).ShouldBe(["totals_v1_1"]);
        (await store.Count("select count(*) from ledger.places where name like 'view:totals%'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_killed_rebuild_left_is_dropped_by_the_next_one_and_the_table_to_go_back_to_stays()
    {
        await Rebuild().Run([new Totals()], null, CancellationToken.None);
        _ = await tables.CreateBeside(new Totals(), CancellationToken.None);
        await Rebuild().Run([new Activity()], null, CancellationToken.None);
        (await Tables()).ShouldBe(["totals_v1_1", "totals_v1_2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Rows_and_their_place_are_one_transaction()
    {
        _ = await store.Opened(5);
        await CatchUp(Runner());
        _ = await store.Opened(7);

        // Another owner has the lease by now: the place does not move, so neither do the rows.
        _ = await Should.ThrowAsync<PostgresException>(Runner().Step(Lease, 2, CancellationToken.None));
        (await Rows<TotalsRow>("totals")).Count.ShouldBe(1);
        (await tables.Active(CancellationToken.None))["totals"].Position.ShouldBe(2);
    }

    [Fact]
    public async Task A_step_that_is_killed_leaves_neither_rows_nor_place()
    {
        _ = await store.Opened(5);
        await using var holding = await store.Database.Source.OpenConnectionAsync();
        await using var transaction = await holding.BeginTransactionAsync();
        _ = await StoreFixture.Run(holding, "select position from ledger.places where name = 'view:activity_v1_1' for update");
        var step = Runner().Step(Lease, 1, CancellationToken.None);
        const string waiting = "from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%move_view%'";
        await store.Until($"select exists (select {waiting})");
        _ = await store.Sql($"select pg_terminate_backend(pid) {waiting}");
        _ = await Should.ThrowAsync<NpgsqlException>(step);
        await transaction.RollbackAsync();

        (await Rows<TotalsRow>("totals")).ShouldBeEmpty();
        (await tables.Active(CancellationToken.None)).Values.Select(one => one.Position).ShouldBe([0, 0]);
        await CatchUp(Runner());
        (await Rows<TotalsRow>("totals"))[0].Total.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_delivered_again_changes_nothing()
    {
        _ = await store.Opened(5);
        var (one, two) = (Runner(), Runner());
        var steps = await Task.WhenAll(Enumerable.Range(0, 6).Select(async n =>
        {
            try { return await (n % 2 == 0 ? one : two).Step(Lease, 1, CancellationToken.None); }
            catch (PostgresException e) when (e.SqlState == "LG001") { return -1; }
        }));
        await CatchUp(one);
        steps.ShouldContain(2);
        (await Rows<TotalsRow>("totals"))[0].Changes.ShouldBe(2);
        (await Rows<ActivityRow>("activity"))[0].Events.ShouldBe(2);
    }

    [Fact]
    public async Task Who_must_not_read_behind_a_write_waits_for_it()
    {
        using var stop = new CancellationTokenSource();
        var progress = new ViewProgress(store.Database, store.Signals);
        var id = await store.Opened(5);
        (await progress.WaitFor(2, TimeSpan.Zero, CancellationToken.None)).ShouldBeFalse();
        var running = Runner().Run(stop.Token);
        var outcome = await store.Handle(new AddToCounter(id, 1));
        (await progress.WaitFor(outcome.Position, TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
        (await Rows<TotalsRow>("totals"))[0].Total.ShouldBe(6);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Writes an event that the program has no class for, or that is not of its class's shape.</summary>
    private async Task WriteUnread(Guid id, string type, string json)
    {
        var written = (await store.GroupCommit.Commit(store.Write(id, 2, new CounterAdded(1)))).ShouldBeOfType<CommitResult.Committed>();
        await store.Tamper($"update public.mt_events set type = '{type}', data = '{json}' where seq_id = {written.Head}");
    }

    private async Task<string[]> Tables() =>
        (string[])(await store.Sql("select array_agg(tablename::text) from pg_tables where tablename like 'totals%'"))!;

    private ViewRunner Runner(View[]? views = null) =>
        new(store.Database, store.Feed, tables, store.Signals, views ?? Views, NullLogger<ViewRunner>.Instance);

    private ViewRebuild Rebuild() => new(store.Database, store.Feed, tables);

    private async Task CatchUp(ViewRunner runner)
    {
        var epoch = await store.Count("select epoch from ledger.leases");
        for (var steps = 0; steps < 20 && await runner.Step(Lease, epoch, CancellationToken.None) > 0; steps++) { }
    }

    private Task<List<TRow>> Rows<TRow>(string view) where TRow : class => store.Database.QueryAsWorker(
        $"select {RowMap<TRow>.ColumnList} from views.{view} order by tenant_id, id", [], RowMap<TRow>.Read, CancellationToken.None);
}
