namespace Ledger.EventStore.Database;

/// <summary>The one PostgreSQL database of the log, its views and its messages.</summary>
/// <remarks>Every query states as whom it reads: a tenant's request, or a worker over all tenants.</remarks>
public sealed class LedgerDatabase : IAsyncDisposable
{
    /// <summary>
    /// Of one process, unless its connection string says otherwise. Several run beside each other on a server that takes a
    /// hundred; and more at once than this only wait for each other there instead of here.
    /// </summary>
    private const int ConnectionsMax = 24, BatchConnectionsMax = 4;

    private readonly bool prepares;
    private readonly List<Func<ValueTask>> holders = [];

    /// <param name="connectionString">
    /// A login that owns the schema. Statements are prepared on their first use on a connection, unless it says otherwise
    /// (<c>Max Auto Prepare=0</c>) or goes through a pooler.
    /// </param>
    /// <param name="direct">
    /// The same database past a transaction-mode pooler, where <paramref name="connectionString"/> goes through one: nothing is prepared
    /// on what goes through. Null where there is none between.
    /// </param>
    public LedgerDatabase(string connectionString, string? direct = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);   // Its ContainsKey is about what could be said, not what is.
        // Npgsql's own way, on the second use, leaves a connection unusable when that use fails: it is told to prepare instead.
        prepares = direct is null && (!settings.ShouldSerialize("Max Auto Prepare") || settings.MaxAutoPrepare > 0);
        settings.MaxAutoPrepare = 0;
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = ConnectionsMax;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "ledger";
        if (!settings.ShouldSerialize("No Reset On Close")) settings.NoResetOnClose = true;   // Nothing here outlives its transaction.
        ConnectionString = settings.ConnectionString;
        Source = NpgsqlDataSource.Create(settings.ConnectionString);
        settings.MaxPoolSize = BatchConnectionsMax;
        settings.ApplicationName += " batches";
        // A batch says the same few statements again and again; its connection is thrown away when one of them fails.
        if (prepares) settings.MaxAutoPrepare = 100;
        BatchSource = NpgsqlDataSource.Create(settings.ConnectionString);
        Direct = direct is null ? Source : NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(direct)
        {
            MaxPoolSize = ConnectionsMax, ApplicationName = "ledger direct",
        });
    }

    public string ConnectionString { get; }

    /// <summary>Connections as the owner: for migrations, never for reading what a request asked for.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The same, never through a pooler: for what listens, builds tables, or holds a snapshot while others read beside it.</summary>
    public NpgsqlDataSource Direct { get; }

    /// <summary>
    /// The connections that write batches, and nothing else: their statements are planned once per connection, which takes longer than
    /// running them.
    /// </summary>
    internal NpgsqlDataSource BatchSource { get; }

    /// <summary>Statements that see one tenant's rows and nobody else's, whatever they ask; one round trip, one transaction.</summary>
    public static NpgsqlBatch AsTenant(string tenant, NpgsqlConnection connection)
    {
        var batch = connection.CreateBatch();
        batch.BatchCommands.Add(Enter("ledger_reader", tenant));
        return batch;
    }

    /// <summary>Statements that see every tenant's rows, and may write views and messages but not the log.</summary>
    public static NpgsqlBatch AsWorker(NpgsqlConnection connection)
    {
        var batch = connection.CreateBatch();
        batch.BatchCommands.Add(Enter("ledger_worker", ""));
        return batch;
    }

    /// <summary>The statement that gives the rest of its transaction a role and a tenant.</summary>
    /// <remarks>Nothing here runs for so long that compiling it pays: a report over few rows, of which the planner expects many, took a second for that.</remarks>
    internal static NpgsqlBatchCommand Enter(string role, string tenant) =>
        new("select set_config('role', $1, true), set_config('ledger.tenant', $2, true), set_config('jit', 'off', true)")
        {
            Parameters = { new() { Value = role }, new() { Value = tenant } },
        };

    /// <summary>Has the connection parse and plan these statements, unless it has before or may not.</summary>
    internal Task Prepare(NpgsqlBatch batch, CancellationToken ct) => prepares ? batch.PrepareAsync(ct) : Task.CompletedTask;

    /// <inheritdoc cref="Prepare(NpgsqlBatch, CancellationToken)"/>
    internal Task Prepare(NpgsqlCommand command, CancellationToken ct) => prepares ? command.PrepareAsync(ct) : Task.CompletedTask;

    /// <summary>Has something that holds a connection of this database let go of it before the database does.</summary>
    internal void DisposeFirst(Func<ValueTask> letGo)
    {
        lock (holders) holders.Add(letGo);
    }

    public async ValueTask DisposeAsync()
    {
        var held = holders.ToArray();
        holders.Clear();   // Closing again has nobody to let go.
        foreach (var letGo in held.Reverse()) await letGo();
        await BatchSource.DisposeAsync();
        await Source.DisposeAsync();
        await Direct.DisposeAsync();
    }
}
