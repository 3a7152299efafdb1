namespace Ledger.EventStore.Database;

/// <summary>Parameters of statements that may be without a value; PostgreSQL has to be told the type of nothing.</summary>
public static class OrNull
{
    public static NpgsqlParameter Of(string? value) => Parameter(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Of(string[]? values) => Parameter(values, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter Of(long? value) => Parameter(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Of(bool? value) => Parameter(value, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Of(Guid? value) => Parameter(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Of(Instant? value) => Parameter(value?.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);

    private static NpgsqlParameter Parameter(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
