namespace Ledger.EventStore.Database;

/// <summary>Reads of one statement, each in one round trip and one transaction.</summary>
public static class TenantQueries
{
    /// <summary>The rows that a tenant may see, as <paramref name="read"/> makes them.</summary>
    public static Task<List<TRow>> QueryAsTenant<TRow>(
        this LedgerDatabase database, string tenant, string sql, IEnumerable<object?> parameters,
        Func<NpgsqlDataReader, TRow> read, CancellationToken ct) =>
        Query(database, LedgerDatabase.Enter("ledger_reader", tenant), sql, parameters, read, ct);

    /// <summary>The same as another role, which may write where it may read.</summary>
    public static Task<List<TRow>> QueryAs<TRow>(
        this LedgerDatabase database, string role, string tenant, string sql, IEnumerable<object?> parameters,
        Func<NpgsqlDataReader, TRow> read, CancellationToken ct) =>
        Query(database, LedgerDatabase.Enter(role, tenant), sql, parameters, read, ct);

    /// <summary>The rows of every tenant.</summary>
    public static Task<List<TRow>> QueryAsWorker<TRow>(
        this LedgerDatabase database, string sql, IEnumerable<object?> parameters,
        Func<NpgsqlDataReader, TRow> read, CancellationToken ct) =>
        Query(database, LedgerDatabase.Enter("ledger_worker", ""), sql, parameters, read, ct);

    /// <summary>Runs one statement over all tenants, for its effect. Returns the number of rows it touched.</summary>
    public static async Task<int> RunAsWorker(
        this LedgerDatabase database, string sql, IEnumerable<object?> parameters, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var batch = LedgerDatabase.AsWorker(connection);
        var command = Command(sql, parameters);
        batch.BatchCommands.Add(command);
        await database.Prepare(batch, ct);
        _ = await batch.ExecuteNonQueryAsync(ct);
        return (int)command.Rows;
    }

    public static NpgsqlBatchCommand Command(string sql, IEnumerable<object?> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static async Task<List<TRow>> Query<TRow>(
        LedgerDatabase database, NpgsqlBatchCommand enter, string sql, IEnumerable<object?> parameters,
        Func<NpgsqlDataReader, TRow> read, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(enter);
        batch.BatchCommands.Add(Command(sql, parameters));
        await database.Prepare(batch, ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        _ = await reader.NextResultAsync(ct);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new() { Value = DBNull.Value },
        NpgsqlParameter ready => ready,
        Instant instant => new() { Value = instant.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        LocalDate date => new() { Value = date.ToDateOnly(), NpgsqlDbType = NpgsqlDbType.Date },
        LocalDate[] dates => new() { Value = Array.ConvertAll(dates, date => date.ToDateOnly()), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
        _ => new() { Value = value },
    };
}
