using System.Globalization;
using System.Text;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Idempotency;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Streams;
using Ledger.Testing;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.EventStore.Tests;

/// <summary>A database of one's own with everything of the store wired to it, as one process of the program has it.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    /// <summary>Two tenants; both have a key of their own.</summary>
    public const string Tenant = "iceland", OtherTenant = "denmark";

    public static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 30, 15).PlusNanoseconds(123_456_000);

    public static readonly MasterKey Master = new(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));

    internal StoreFixture(string connectionString, MasterKeys? master = null)
    {
        Database = new(connectionString);
        GroupCommit = new(Database, LogOptions.Open(Database, Json.Types), Json.Types);
        Loader = new(Database, Json);
        Keys = new(Database, master ?? Master, TimeProvider.System);
        Requests = new(Database, Keys);
        Handler = new(GroupCommit, Loader, Hot, Requests);
        Feed = new(Database, Json);
        Signals = new(Database, GroupCommit, Keys);
    }

    private const string BatchWaiting =
        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%begin_batch%' and pid <> $1";

    public LedgerDatabase Database { get; }
    public GroupCommit GroupCommit { get; }
    public EventJson Json { get; } = new(new EventTypes(typeof(StoreFixture).Assembly));
    public HotStates Hot { get; } = new();
    public StreamLoader Loader { get; }
    public PersonalKeys Keys { get; }
    public KnownRequests Requests { get; }
    public CommandHandler Handler { get; }
    public EventFeed Feed { get; }
    public ProcessSignals Signals { get; }

    public static async Task<StoreFixture> Create() => new(await TestCluster.NewDatabase(WithSchema));

    /// <summary>On a database of somebody else's, which is empty.</summary>
    public static async Task<StoreFixture> On(string connectionString)
    {
        await WithSchema(connectionString);
        return new(connectionString);
    }

    /// <summary>Another process on the same database: nothing in memory is shared.</summary>
    public StoreFixture AnotherProcess(MasterKeys? master = null) => new(Database.ConnectionString, master);

    public static CommandContext Context(string tenant = Tenant) => new(tenant, "test", "tester", Now);

    public static CommandContext Asked(string key, string content = "content", bool keptForEver = false) => Context() with
    {
        Request = new(new(Tenant, "caller", key), Encoding.UTF8.GetBytes(content), KeptForEver: keptForEver),
    };

    public Task<Outcome<Counter>> Handle(ICommand<Counter, CounterEvent> command, CommandContext? context = null, Func<Outcome<Counter>, StoredAnswer>? answer = null) =>
        Handler.Handle(command, context ?? Context(), CancellationToken.None, answer);

    public Task<JointOutcome> Handle(IJointCommand command, CommandContext? context = null) =>
        Handler.Handle(command, context ?? Context(), CancellationToken.None);

    /// <summary>A counter that is open, and its id.</summary>
    public async Task<Guid> Opened(long amount = 0, string tenant = Tenant)
    {
        var id = Guid.CreateVersion7();
        _ = await Handle(new OpenCounter(id), Context(tenant));
        if (amount > 0) _ = await Handle(new AddToCounter(id, amount), Context(tenant));
        return id;
    }

    /// <summary>The state as the database has it, and nobody's memory.</summary>
    public async Task<(Counter State, long Version)> Stored(Guid id, string tenant = Tenant) =>
        await Loader.Load<Counter, CounterEvent>(tenant, Counter.Stream(id), null, CancellationToken.None);

    /// <summary>A commit of events for one stream, without a decision.</summary>
#pragma warning disable CA1822 // Asked of a store, as everything else is.
    public Commit Write(Guid id, long version, params ReadOnlySpan<CounterEvent> happened)
#pragma warning restore CA1822
    {
        var events = new List<NewEvent>();
        foreach (var one in happened) events.Add(new(Guid.CreateVersion7(), Counter.Stream(id), version + events.Count + 1, one));

        return new(Tenant)
        {
            Streams = [new(Counter.Stream(id), version, events.Count)],
            Events = events,
            Headers = new(1, Now, "test", "tester"),
        };
    }

    /// <summary>Runs SQL as the owner of the schema, who is no superuser; the first value, if there is one.</summary>
    public async Task<object?> Sql(string sql, params object[] values)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        return await Run(connection, sql, values);
    }

    /// <summary>Runs SQL as somebody who may switch off every trigger and constraint.</summary>
    public async Task Tamper(string sql)
    {
        var server = (await TestCluster.Shared).Server;
        var address = new NpgsqlConnectionStringBuilder(server.AdminConnectionString)
        {
            Database = new NpgsqlConnectionStringBuilder(Database.ConnectionString).Database,
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        _ = await Run(connection, $"set session_replication_role = replica; {sql}");
    }

    public async Task<long> Count(string sql, params object[] values) => Convert.ToInt64(await Sql(sql, values), CultureInfo.InvariantCulture);

    /// <summary>Keeps the batches' lock until it is let go, so that all who commit meanwhile wait for the same batch.</summary>
    public async Task<HeldBatch> HoldBatch()
    {
        var connection = await Database.Source.OpenConnectionAsync();
        _ = await Run(connection, "select pg_advisory_lock(7310577382516)");
        return new(connection);
    }

    /// <summary>Waits until a batch waits for the lock; its backend, never one that was ended before and may still be listed.</summary>
    public async Task<int> WaitingBatch(int ended = 0)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (await Sql(BatchWaiting, ended) is int backend) return backend;
            await Task.Delay(10);
        }

        throw new TimeoutException("No batch came to wait for the lock.");
    }

    /// <summary>Waits until SQL says true.</summary>
    public async Task Until(string sql)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (await Sql(sql) is true) return;
            await Task.Delay(10);
        }

        throw new TimeoutException($"Never so: {sql}");
    }

    public async ValueTask DisposeAsync()
    {
        await Signals.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal static async Task<object?> Run(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) _ = command.Parameters.Add(Parameter(value));
        return await command.ExecuteScalarAsync();
    }

    private static NpgsqlParameter Parameter(object value) => value is Instant instant
        ? new() { Value = instant.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz }
        : new() { Value = value };

    private static async Task WithSchema(string connectionString)
    {
        await using var store = new StoreFixture(connectionString);
        _ = await Migrations.Apply(store.Database, [typeof(GroupCommit).Assembly], CancellationToken.None);
        foreach (var tenant in new[] { Tenant, OtherTenant })
            _ = await store.GroupCommit.Commit(new(tenant) { Keys = [store.Keys.New(PersonalKeys.OfTenant).Change] });
    }
}

/// <summary>The batches' lock, held by a session of its own.</summary>
public sealed class HeldBatch(NpgsqlConnection connection) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        _ = await StoreFixture.Run(connection, "select pg_advisory_unlock(7310577382516)");
        await connection.DisposeAsync();
    }
}
