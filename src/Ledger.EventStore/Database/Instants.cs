namespace Ledger.EventStore.Database;

/// <summary>Between NodaTime and what PostgreSQL keeps: microseconds, in UTC.</summary>
public static class Instants
{
    private const long TicksPerMicrosecond = 10;

    /// <summary>The instant as PostgreSQL will give it back, so that memory and storage agree.</summary>
    public static Instant ToMicroseconds(this Instant instant)
    {
        var ticks = instant.ToUnixTimeTicks();
        var past = ticks % TicksPerMicrosecond;
        return Instant.FromUnixTimeTicks(ticks - (past < 0 ? past + TicksPerMicrosecond : past));
    }

    public static Instant GetInstant(this NpgsqlDataReader reader, int column) =>
        Instant.FromDateTimeUtc(reader.GetDateTime(column));

    public static Instant? GetInstantOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInstant(column);

    public static LocalDate GetLocalDate(this NpgsqlDataReader reader, int column) =>
        LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(column));

    public static LocalDate? GetLocalDateOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetLocalDate(column);

    public static string? GetStringOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);

    public static Guid? GetGuidOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static int? GetInt32OrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetInt32(column);
}
