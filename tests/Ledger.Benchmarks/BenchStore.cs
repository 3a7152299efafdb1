using Ledger.EventStore.Log;
using Ledger.EventStore;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Database;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Idempotency;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Streams;
using Ledger.Testing;
using NodaTime;
using Npgsql;

namespace Ledger.Benchmarks;

/// <summary>A durable PostgreSQL with default settings, and the store on a database of its own.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    public const string Tenant = "bench";
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 12, 0);
    private readonly TestCluster? cluster;

    private BenchStore(TestCluster? cluster, string connectionString)
    {
        this.cluster = cluster;
        Database = new(connectionString);
        GroupCommit = new(Database, LogOptions.Open(Database, Json.Types), Json.Types);
        Loader = new(Database, Json);
        Handler = new(GroupCommit, Loader, new HotStates(), new KnownRequests(Database, new PersonalKeys(Database, new MasterKey(new byte[32]), TimeProvider.System)));
        Feed = new(Database, Json);
        Plain = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 80, NoResetOnClose = true });
    }

    public LedgerDatabase Database { get; }
    public GroupCommit GroupCommit { get; }
    public EventJson Json { get; } = new(new EventTypes(typeof(BenchStore).Assembly));
    public StreamLoader Loader { get; }
    public CommandHandler Handler { get; }
    public EventFeed Feed { get; }

    /// <summary>For the baselines: connections without anything of ours.</summary>
    public NpgsqlDataSource Plain { get; }

    public static CommandContext Context => new(Tenant, "bench", "bench", Now);

    public static async Task<BenchStore> Create()
    {
        var cluster = await TestCluster.Start(durable: true);
        var store = new BenchStore(cluster, await cluster.CreateDatabase());
        _ = await Migrations.Apply(store.Database, [typeof(LedgerDatabase).Assembly], CancellationToken.None);
        return store;
    }

    /// <summary>What another process has of the same database.</summary>
    public BenchStore AnotherProcess() => new(null, Database.ConnectionString);

    /// <summary>A commit of events to one stream whose version was seen.</summary>
#pragma warning disable CA1822 // Asked of a store, as everything else is.
    public Commit Append(Guid account, long version, int events, int from = 0)
#pragma warning restore CA1822
    {
        var written = new List<NewEvent>(events);
        for (var i = 0; i < events; i++)
        {
            var happened = AccountMoved.Sample(account, from + i);
            written.Add(new(Guid.CreateVersion7(), Account.Stream(account), version + i + 1, happened));
        }

        return new(Tenant) { Streams = [new(Account.Stream(account), version, events)], Events = written, Headers = new(1, Now, "bench", "bench"), CorrelationId = "bench" };
    }

    /// <summary>Fills the log with interleaved streams.</summary>
    public async Task Fill(int streams, int eventsPerStream)
    {
        var accounts = Enumerable.Range(0, streams).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var version = 0; version < eventsPerStream; version++)
        {
            var n = version;
            foreach (var some in accounts.Select((id, i) => (id, i)).Chunk(1000))
                await Task.WhenAll(some.Select(one => GroupCommit.Commit(Append(one.id, n, 1, one.i * 31 + n * 7))));
        }

        await Run("analyze");
    }

    public async Task Run(string sql)
    {
        await using var command = Plain.CreateCommand(sql);
        command.CommandTimeout = 0;
        _ = await command.ExecuteNonQueryAsync();
    }

    /// <summary>Lets everybody who may read a table at all read the rows of every tenant.</summary>
    public static async Task WithoutRowSecurity(NpgsqlDataSource owner, CancellationToken ct)
    {
        await using var command = owner.CreateCommand("""
            do $$ declare name text; begin
                for name in select oid::regclass from pg_class where relrowsecurity loop
                    execute format('alter table %s disable row level security', name);
                end loop;
            end $$
            """);
        _ = await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Has the server write everything down, as it does by itself now and then.</summary>
    public async Task Checkpoint()
    {
        await using var connection = new NpgsqlConnection(cluster!.Server.AdminConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("checkpoint", connection) { CommandTimeout = 0 };
        _ = await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await Database.DisposeAsync();
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
