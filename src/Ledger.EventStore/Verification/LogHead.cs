using System.Security.Cryptography;

namespace Ledger.EventStore.Verification;

/// <summary>The end of the log: everything before it follows from its hash.</summary>
/// <param name="Position">Of the last event; 0 for an empty log.</param>
/// <param name="Hash">Of the last block, in lower-case hex.</param>
/// <param name="RecordedAt">When the last block was written; the epoch for an empty log.</param>
public sealed record LogHead(long Position, string Hash, Instant RecordedAt)
{
    /// <summary>What the first block follows from.</summary>
    internal static readonly byte[] Seed = SHA256.HashData("ledger"u8);

    public static LogHead Empty { get; } = new(0, Convert.ToHexStringLower(Seed), NodaConstants.UnixEpoch);

    public static async Task<LogHead> Read(LedgerDatabase database, CancellationToken ct)
    {
        await using var log = await LogSnapshot.Take(database, ct);
        return await Read(log, ct);
    }

    internal static async Task<LogHead> Read(LogSnapshot log, CancellationToken ct)
    {
        // Microseconds as a number: an instant that was tampered with may be one that no program can hold.
        var rows = await log.Query("""
            select last_position, coalesce(encode(hash, 'hex'), ''),
                   case when recorded_at between '0001-01-01' and '9999-12-31' then (extract(epoch from recorded_at) * 1000000)::bigint end
            from ledger.blocks order by last_position desc limit 1
            """, [], row => new LogHead(row.GetInt64(0), row.GetString(1),
                row.IsDBNull(2) ? NodaConstants.UnixEpoch : Instant.FromUnixTimeTicks(row.GetInt64(2) * 10)), ct);
        return rows is [var head] ? head : Empty;
    }
}
