using System.Text.RegularExpressions;
using Ledger.EventStore.Cluster;
using Ledger.EventStore.Leases;
using Ledger.EventStore.Streams;
using Ledger.Messaging;
using Ledger.Testing;
using Npgsql;

namespace Ledger.EventStore.Tests.Database;

/// <summary>
/// Every statement finds its rows by index, those inside a turn included. A server of its own writes down the plan of each
/// statement as it is run, at a size at which reading a whole table would be the cheaper way for none.
/// </summary>
public sealed partial class QueryPlanTests : IAsyncLifetime, IDisposable
{
    private const int Streams = 2000, EventsPerStream = 100;
    private readonly TestDirectory directory = new();
    private readonly List<Guid> ids = [];
    private PrivateCluster server = null!;
    private StoreFixture store = null!;

    private string ServerLog => Path.Combine(directory.Path, "postgres", "server.log");

    public async Task InitializeAsync()
    {
        server = await PrivateCluster.Start(new()
        {
            Directory = Path.Combine(directory.Path, "postgres"),
            Settings = new Dictionary<string, string>
            {
                ["fsync"] = "off", ["synchronous_commit"] = "off", ["full_page_writes"] = "off",
                ["session_preload_libraries"] = "auto_explain", ["auto_explain.log_nested_statements"] = "on",
                ["auto_explain.log_min_duration"] = "-1", ["autovacuum"] = "off",
            },
        });
        store = await StoreFixture.On(server.ConnectionString);
        await Fill();
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await server.DisposeAsync();
    }

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Every_statement_finds_its_rows_by_index()
    {
        await using var process = await Watched();
        var (id, ct) = (ids[777], CancellationToken.None);
        var asked = StoreFixture.Asked("asked");

        (await process.Stored(id)).Version.ShouldBe(EventsPerStream);
        _ = await process.Loader.LoadAt<Counter, CounterEvent>(StoreFixture.Tenant, Counter.Stream(id), 5000, ct);
        _ = await process.Loader.LoadAsOf<Counter, CounterEvent>(StoreFixture.Tenant, Counter.Stream(id), StoreFixture.Now, ct);
        (await process.Feed.After(10_000, 100, ct)).Count.ShouldBe(100);
        (await process.Feed.AfterForTenant(StoreFixture.Tenant, 10_000, null, 100, ct)).Count.ShouldBe(100);
        (await process.Feed.AfterForTenant(StoreFixture.Tenant, 10_000, ["counter_opened"], 100, ct)).Count.ShouldBe(100);
        _ = await process.Feed.OfStream(StoreFixture.Tenant, id, ct);
        _ = await process.Feed.Head(ct);
        _ = await process.Requests.Find(asked.Request!, ct);
        _ = await process.Requests.Forget(ct);
        _ = await process.Keys.FindMany(StoreFixture.Tenant, [id], ct);
        _ = await new Lease(process.Database, "one").Hold(ct);
        var taken = await new MessageTable(process.Database).Take(10, ct);
        taken.Count.ShouldBe(10);

        (await new Claims(process.Database).OwnerOfKey("api_key", "a hash", ct)).ShouldBeNull();
        _ = await process.Handle(new AddToCounter(ids[8], 1));   // A short turn.

        // Everything that a turn can write, and each of its refusals.
        var context = asked with { Completes = taken[0].Lease, Sends = [Message(Guid.CreateVersion7())] };
        _ = await process.Handle(new IssueReceipts(id, "r"), context, _ => new(201, []));
        (await process.Handle(new OpenCounter(Guid.CreateVersion7(), "name 5"))).Rejection.ShouldBe(CounterRejections.NameTaken);
        _ = await process.Handle(new CloseCounter(id));
        _ = await Should.ThrowAsync<RequestKnownException>(process.Handle(new AddToCounter(ids[3], 1), asked, _ => new(201, [])));
        _ = await process.Turns.Commit(new(StoreFixture.Tenant)
        {
            Keys = [process.Keys.New(Guid.CreateVersion7()).Change, new(ids[4], null)], Words = [new(ids[5], [[9]])],
            Checkpoint = new("policy:one", 0, 5, null, null), ClockTo = StoreFixture.Now,
        });

        // Until the plans are written: the last statement of all says that those before it are.
        _ = await process.Sql("select 'the end of all plans'");
        var plans = await Plans();
        plans.Count.ShouldBeGreaterThan(30);
        plans.Where(plan => SequentialScan().IsMatch(plan)).ShouldBeEmpty();

        // What is due is the beginning of an index; what is not due yet is not read.
        plans.Where(plan => plan.Contains("using messages_ready", StringComparison.Ordinal)).ShouldNotBeEmpty();
        plans.Where(plan => plan.Contains("using messages_ready", StringComparison.Ordinal) && !plan.Contains("Index Cond: (run_at <=", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    /// <summary>200,000 events in big commits, and as much of everything else as makes a scan visible.</summary>
    private async Task Fill()
    {
        for (var n = 0; n < Streams; n++) ids.Add(Guid.CreateVersion7());
        await Task.WhenAll(ids.Select((id, n) => store.Turns.Commit(
            store.Write(id, 0, [new CounterOpened(StoreFixture.Now), .. Enumerable.Repeat(new CounterAdded(1), EventsPerStream - 1)]) with
            {
                Claims = [new("counter.name", $"name {n}", Counter.Stream(id), CounterRejections.NameTaken)],
                Idempotency = new(new(StoreFixture.Tenant, "caller", "operation", $"key {n}"), [1], true, true, id, 201, [1], null, n % 2 == 0),
                Sends = [Message(id)],
                Keys = [store.Keys.New(id).Change],
                Words = [new(id, [id.ToByteArray()])],
            })));
        for (var n = 0; n < 500; n++) _ = await store.Opened();   // A block each.
        _ = await store.Sql("""
            insert into public.mt_event_progression select 'view:' || n, 0 from generate_series(1, 2000) n;
            insert into ledger.leases select 'lease ' || n, gen_random_uuid(), 1, now() from generate_series(1, 2000) n;
            insert into ledger.numbers select 'tenant ' || n, 'receipt', 0 from generate_series(1, 2000) n;
            insert into ledger.clocks select 'tenant ' || n, now() from generate_series(1, 2000) n;
            analyze
            """);
    }

    /// <summary>Another process, whose plans are written down.</summary>
    private async Task<StoreFixture> Watched()
    {
        await using (var connection = new NpgsqlConnection(server.AdminConnectionString))
        {
            await connection.OpenAsync();
            var database = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString).Database;
            _ = await StoreFixture.Run(connection, $"alter database {database} set auto_explain.log_min_duration = 0");
        }

        return new(new NpgsqlConnectionStringBuilder(store.Database.ConnectionString) { ApplicationName = "watched" }.ConnectionString);
    }

    private async Task<List<string>> Plans()
    {
        for (var tries = 0; tries < 500; tries++)
        {
            await using var file = new FileStream(ServerLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            var text = await reader.ReadToEndAsync();
            if (text.Contains("the end of all plans", StringComparison.Ordinal))
                return [.. text.Split("plan:").Skip(1).Where(plan => plan.Contains("Query Text", StringComparison.Ordinal))];
            await Task.Delay(10);
        }

        throw new TimeoutException("The server did not write its plans down.");
    }

    private static NewMessage Message(Guid id) => new(id, StoreFixture.Tenant, "note", "{}", $"key {id}", null, null, null);

    /// <summary>Of a table that grows; the catalogs are not ours.</summary>
    [GeneratedRegex(@"Seq Scan on (?!pg_)")]
    private static partial Regex SequentialScan();
}
