namespace Ledger.EventStore.Verification;

/// <summary>The log as it is at one instant, read by its owner: no row policy stands between it and the rows.</summary>
internal sealed class LogSnapshot : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    /// <param name="transaction">One in which the log stays as it is; it ends with this.</param>
    public LogSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (this.connection, this.transaction) = (connection, transaction);

    public static async Task<LogSnapshot> Take(LedgerDatabase database, CancellationToken ct)
    {
        var connection = await database.Direct.OpenConnectionAsync(ct);
        try { return new(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)); }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<List<TRow>> Query<TRow>(
        string sql, IEnumerable<object> parameters, Func<NpgsqlDataReader, TRow> read, CancellationToken ct)
    {
#pragma warning disable CA2100 // The texts are constants of this folder.
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
        foreach (var value in parameters) _ = command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
