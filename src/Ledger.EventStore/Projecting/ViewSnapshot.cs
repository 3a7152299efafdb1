namespace Ledger.EventStore.Projecting;

/// <summary>Reads of view tables to their end, in a transaction that the caller has begun.</summary>
internal static class ViewSnapshot
{
    /// <summary>Values are printed the same everywhere, and two tables are read beside each other in their order, not held in memory.</summary>
    public static async Task Set(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = Command(connection, "set local timezone = 'UTC'; set local enable_hashjoin = off");
        _ = await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<long> PositionOf(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = Command(connection, $"select position from ledger.places where name = 'view:{table}'");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

#pragma warning disable CA2100 // Names and columns come from the views' own code.
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
}
