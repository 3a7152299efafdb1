using System.Text.RegularExpressions;
using Ledger.EventStore.Audit;
using Ledger.EventStore.Leases;
using Ledger.EventStore.Streams;
using Ledger.EventStore.Verification;
using Ledger.LocalPostgres;
using Ledger.Messaging;
using Ledger.Testing;
using Npgsql;

namespace Ledger.EventStore.Tests.Database;

/// <summary>
/// Every statement finds its rows by index, those inside a batch included. A server of its own writes down the plan of each
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
        _ = await process.Loader.LoadAsOf<Counter, CounterEvent>(StoreFixture.Tenant, Counter.Stream(id), StoreFixture.Now, position: null, ct);
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
        _ = await process.Handle(new AddToCounter(ids[8], 1));   // A short batch.

        await ReadTheTrail(process, id);

        // Everything that a batch can write, and each of its refusals.
        var context = asked with { Completes = taken[0].Lease, Sends = [Message(Guid.CreateVersion7())] };
        _ = await process.Handle(new IssueReceipts(id, "r"), context, _ => new(201, []));
        (await process.Handle(new OpenCounter(Guid.CreateVersion7(), "name 5"))).Rejection.ShouldBe(CounterRejections.NameTaken);
        _ = await process.Handle(new CloseCounter(id));
        _ = await Should.ThrowAsync<RequestKnownException>(process.Handle(new AddToCounter(ids[3], 1), asked, _ => new(201, [])));
        _ = await process.GroupCommit.Commit(new(StoreFixture.Tenant)
        {
            Keys = [process.Keys.New(Guid.CreateVersion7()).Change, new(ids[4], null)], Words = [new(ids[5], [[9]])],
            Checkpoint = new("policy:one", 0, 5, null, null), ClockTo = StoreFixture.Now,
        });

        // Until the plans are written: the last statement of all says that those before it are.
        _ = await process.Sql("select 'the end of all plans'");
        var plans = await Plans();
        plans.Count.ShouldBeGreaterThan(30);
        plans.Where(plan => SequentialScan().IsMatch(plan)).ShouldBeEmpty();

        // Each way into the audit trail has an index of its own.
        foreach (var index in (string[])["event_index_pkey", "event_index_type", "event_index_actor", "pk_mt_events_stream_and_version", "request_origins_pkey",
            "access_log_pkey", "access_log_actor", "access_log_resource", "access_log_failures", "signed_heads_pkey", "blocks_pkey"])
            plans.Where(plan => plan.Contains($"using {index} ", StringComparison.Ordinal)).ShouldNotBeEmpty(index);

        // What is due is the beginning of an index; what is not due yet is not read.
        plans.Where(plan => plan.Contains("using messages_ready", StringComparison.Ordinal)).ShouldNotBeEmpty();
        plans.Where(plan => plan.Contains("using messages_ready", StringComparison.Ordinal) && !plan.Contains("Index Cond: (run_at <=", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    /// <summary>Every way into the audit trail: by nothing, stream, type, actor and time, by two of them, by id, and its proofs.</summary>
    private static async Task ReadTheTrail(StoreFixture process, Guid id)
    {
        var (search, access, ct) = (new EventSearch(process.Database), new AccessSearch(process.Database), CancellationToken.None);
        string[] rare = ["counter_opened"], everybody = ["test:tester"];
        var (none, middle) = (EventPlace.End, new EventPlace(100_000, long.MaxValue));
        foreach (var wanted in new EventsWanted[]
        {
            new(null, null, null, 0, none), new(null, null, null, 90_000, middle), new(id, null, null, 0, none), new(id, rare, null, 0, none),
            new(null, rare, null, 0, middle), new(null, null, everybody, 0, middle), new(null, null, ["test:clerk 1"], 0, none), new(null, rare, everybody, 0, middle),
        })
        {
            var found = await search.Find(StoreFixture.Tenant, wanted, 50, ct);
            found.Rows.Count.ShouldBeGreaterThan(0);
            (await new AuditedEvents(process.Database).At(StoreFixture.Tenant, found.Rows.Select(place => place.Position), ct)).Count.ShouldBe(found.Rows.Count);
        }

        (await search.PositionBefore(StoreFixture.Tenant, SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(1), ct)).ShouldBeGreaterThan(200_000);
        var last = (await process.Feed.After(200_000, 1, ct))[0];
        (await new EventById(process.Database).Find(StoreFixture.Tenant, last.Id, ct)).ShouldBe(last.Position);
        var proof = new EventProof(process.Database);
        (await proof.Event(StoreFixture.Tenant, last.Position, ct)).ShouldNotBeNull();
        (await proof.Block(StoreFixture.Tenant, 100_000, ct)).ShouldNotBeNull();
        (await proof.Blocks(StoreFixture.Tenant, 200_400, 200_450, ct)).Count.ShouldBe(51);
        (await new SignedHeads(process.Database).Find(StoreFixture.Tenant, 1, nearest: true, ct)).ShouldNotBeNull();
        _ = await new StreamHistories(process.Database, process.Json).UpTo(StoreFixture.Tenant, [(id, 50)], ct);

        foreach (var wanted in new AccessWanted[]
        {
            new(null, null, null, null, null, null, Guid.Empty, Guid.AllBitsSet), new("customer", "resource 5", null, null, null, null, Guid.Empty, Guid.AllBitsSet),
            new(null, null, ["user:5"], "get_customer", true, false, Guid.Empty, Guid.AllBitsSet), new(null, null, null, null, null, true, Guid.Empty, Guid.AllBitsSet),
        })
            (await access.Find(StoreFixture.Tenant, wanted, 50, ct)).Rows.ShouldNotBeEmpty();
        _ = await access.Find(StoreFixture.Tenant, id, ct);
        _ = await new AuditRows(process.Database).Forget(StoreFixture.Now, ct);
    }

    /// <summary>200,000 events in big commits, and as much of everything else as makes a scan visible.</summary>
    private async Task Fill()
    {
        for (var n = 0; n < Streams; n++) ids.Add(Guid.CreateVersion7());
        await Task.WhenAll(ids.Select((id, n) => store.GroupCommit.Commit(
            store.Write(id, 0, [new CounterOpened(StoreFixture.Now), .. Enumerable.Repeat(new CounterAdded(1), EventsPerStream - 1)]) with
            {
                Claims = [new("counter.name", $"name {n}", Counter.Stream(id), CounterRejections.NameTaken)],
                Idempotency = new(new(StoreFixture.Tenant, "caller", $"key {n}"), [1], true, true, id, 201, [1], null, n % 2 == 0),
                Sends = [Message(id)],
                Keys = [store.Keys.New(id).Change],
                Words = [new(id, [id.ToByteArray()])],
            })));
        for (var n = 0; n < 500; n++)   // A block each, by one of five who have done little.
            _ = await store.Handle(new OpenCounter(Guid.CreateVersion7()), StoreFixture.Context() with { ActorId = $"clerk {n % 5}" });
        _ = await store.Sql("""
            insert into ledger.places select 'view:' || n, 0 from generate_series(1, 2000) n;
            insert into ledger.leases select 'lease ' || n, gen_random_uuid(), 1, now() from generate_series(1, 2000) n;
            insert into ledger.numbers select 'tenant ' || n, 'receipt', 0 from generate_series(1, 2000) n;
            insert into ledger.request_origins select 'iceland', 'request ' || n, now(), '::1', 'curl' from generate_series(1, 20000) n;
            insert into ledger.access_log select 'iceland', ('0198f3a2-5c1e-7' || lpad(to_hex(n % 4096), 3, '0') || '-9a51-' || lpad(to_hex(n), 12, '0'))::uuid, now(),
                'user:' || n % 10, 'get_customer', true, 'customer', 'resource ' || n % 500, case n % 50 when 0 then 403 else 200 end from generate_series(1, 20000) n;
            insert into ledger.signed_heads select n, 'hash', now(), 'signature', 'key' from generate_series(1, 5000) n;
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
