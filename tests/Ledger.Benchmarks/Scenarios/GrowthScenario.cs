using Ledger.Decisions.Json;
using System.Diagnostics;
using System.Globalization;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Events;
using Ledger.EventStore.Projecting;
using Ledger.Projections;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>Whether what takes so long in a small log takes as long in a large one.</summary>
internal sealed class GrowthScenario : IScenario
{
    private const int Small = 10_000, Large = 10_000_000, PerStream = 10, PerCustomer = 40, PageSize = 20;
    /// <summary>How many streams are in use: as many in either log, so that both find them in the server's memory.</summary>
    private const int InUse = 1000;
    private const int Rounds = 30, TimesPerRound = 50;

    public string Name => "growth";

    public string What => $"commit, load, list by customer, next page: with {Large:N0} events against {Small:N0}, medians";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var small = await Sized.Create(Small, ct);
        await using var large = await Sized.Create(Large, ct);
        var figures = new List<Figure>();
        foreach (var (what, once) in new (string, Func<Sized, Task>)[]
        {
            ("a commit to a stream that exists", one => one.Commit()), ("a load of a stream", one => one.Load(isAny: false, ct)),
            ("a list by customer", one => one.ByCustomer(ct)), ("a next page", one => one.NextPage(ct)),
        })
        {
            var (subject, baseline) = await Medians(large, small, once);
            figures.Add(new(what, subject, "ms", baseline, MostRatio: 1.25));
        }

        var (any, anySmall) = await Medians(large, small, one => one.Load(isAny: true, ct));
        figures.Add(new("a load of any stream, most not in the server's memory", any, "ms", anySmall));

        using var stop = new CancellationTokenSource();
        var checkpoints = Task.WhenAll(Checkpoints(small, stop.Token), Checkpoints(large, stop.Token));
        var (busy, busySmall) = await Medians(large, small, one => one.Commit());
        await stop.CancelAsync();
        await checkpoints;
        figures.Add(new("a commit, with a checkpoint every two seconds", busy, "ms", busySmall));
        return figures;
    }

    private static async Task<(double Large, double Small)> Medians(Sized large, Sized small, Func<Sized, Task> once)
    {
        var (larges, smalls) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (one, times) in new[] { (small, smalls), (large, larges) })
            {
                for (var i = 0; i < TimesPerRound; i++)
                {
                    var began = Stopwatch.GetTimestamp();
                    await once(one);
                    if (round >= Rounds / 3) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);   // The first third warms up.
                }
            }
        }

        return (Measure.Median(larges), Measure.Median(smalls));
    }

    private static async Task Checkpoints(Sized one, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await one.Store.Checkpoint();
            await Task.Delay(TimeSpan.FromSeconds(2), ct).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>A log and a view of so many events; written by plain SQL, so its hashes are none.</summary>
    private sealed class Sized(BenchStore store, int events) : IAsyncDisposable
    {
        private readonly int streams = events / PerStream;
        private readonly Random random = new(7);
        private readonly Dictionary<int, long> versions = [];

        public BenchStore Store => store;

        public static async Task<Sized> Create(int events, CancellationToken ct)
        {
            var one = new Sized(await BenchStore.Create(), events);
            _ = await new ViewTables(one.Store.Database).Prepare([new ListedAccounts()], ct);
            await one.Fill();
            return one;
        }

        public async Task Commit()
        {
            var n = Recent();
            var version = versions.GetValueOrDefault(n, PerStream);
            if (await store.GroupCommit.Commit(store.Append(Id(n), version, 1)) is not CommitResult.Committed) throw new InvalidOperationException("Not committed.");
            versions[n] = version + 1;
        }

        public async Task Load(bool isAny, CancellationToken ct)
        {
            var (state, _) = await store.Loader.Load<Account, AccountEvent>(BenchStore.Tenant, Account.Stream(Id(isAny ? random.Next(1, streams + 1) : Recent())), null, ct);
            if (state.Movements < PerStream) throw new InvalidOperationException("Not all was loaded.");
        }

        public async Task ByCustomer(CancellationToken ct)
        {
            var page = await new Listing(store.Database).Read<ListedAccount>(
                BenchStore.Tenant, "listed_accounts", new(PageSize, null, 0, false), [("customer_id = {0}", Id(Recent() % (streams / PerCustomer)))], row => row.CreatedPosition, ct);
            if (page.Rows.Count != PageSize || !page.HasMore) throw new InvalidOperationException("Not a page.");
        }

        public async Task NextPage(CancellationToken ct)
        {
            var page = await new Listing(store.Database).Read<ListedAccount>(
                BenchStore.Tenant, "listed_accounts", new(PageSize, Math.Max(PageSize * 2, Recent()), 0, false), [], row => row.CreatedPosition, ct);
            if (page.Rows.Count != PageSize || !page.HasMore) throw new InvalidOperationException("Not a page.");
        }

        private int Recent() => streams - random.Next(InUse);

        private async Task Fill()
        {
            const string id = "(lpad(to_hex(n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid";
            await store.Run($"insert into public.mt_streams (tenant_id, id, type, version, is_archived) select 'bench', {id}, 'account', {PerStream}, false from generate_series(1, {streams}) n");
            for (var version = 1; version <= PerStream; version++)
            {
                var before = (version - 1) * streams;
                await store.Run($"""
                    insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, headers, user_name, is_archived)
                    select {before} + n, gen_random_uuid(), {id}, {version},
                           jsonb_build_object('account_id', {id}, 'customer_id', {id}, 'amount', 100 + n % 900, 'currency', 'ISK', 'on', '2026-01-01',
                               'description', 'Subscription, instalment 4 of 12, delivered', 'reference', 'ref-' || n),
                           'account_moved', now(), 'bench', 'Ledger.Benchmarks.AccountMoved, Ledger.Benchmarks', 'bench',
                           {Headers}::jsonb, 'bench:bench', false
                    from generate_series(1, {streams}) n
                    """);
                await store.Run($"insert into ledger.event_index (tenant_id, position, stream_id, type, actor, effective_at) select 'bench', {before} + n, {id}, 'account_moved', 'bench:bench', now() from generate_series(1, {streams}) n");
            }

            await store.Run($"""
                insert into ledger.blocks (first_position, last_position, recorded_at, digests, previous, hash)
                select n * 1000 + 1, (n + 1) * 1000, now(), ''::bytea, ''::bytea, sha256(n::text::bytea) from generate_series(0, {events / 1000 - 1}) n
                """);
            await store.Run($"insert into views.listed_accounts_v1_1 (tenant_id, id, customer_id, balance, created_position) select 'bench', {id}, {id.Replace("(n)", $"(n % {streams / PerCustomer})", StringComparison.Ordinal)}, n, n from generate_series(1, {streams}) n");
            await store.Run("vacuum analyze");
        }

        private static readonly string Headers = $"'{System.Text.Json.JsonSerializer.Serialize(CommitHeaders.Of(new(BenchStore.Tenant) { Headers = new(1, BenchStore.Context.At, "bench", "bench") }), LedgerJson.Options)}'";

        private static Guid Id(int n)
        {
            var hex = n.ToString("x12", CultureInfo.InvariantCulture);
            return Guid.ParseExact($"{hex}70008000{hex}", "N");
        }

        public ValueTask DisposeAsync() => store.DisposeAsync();
    }
}

internal sealed record ListedAccount(string TenantId, Guid Id, Guid CustomerId, long Balance, long CreatedPosition);

internal sealed class ListedAccounts : View<ListedAccount>
{
    public override string Name => "listed_accounts";

    public override int Version => 1;

    public override string Columns => "tenant_id text not null, id uuid not null, customer_id uuid not null, balance bigint not null, created_position bigint not null";

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)", "(tenant_id, customer_id, created_position)"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => [];

    public override ListedAccount? After(ListedAccount? row, Guid id, StoredEvent happened) => row;
}
