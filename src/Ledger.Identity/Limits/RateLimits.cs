using System.Collections.Concurrent;

namespace Ledger.Identity.Limits;

/// <summary>How often somebody may ask for something, in windows of a minute.</summary>
/// <remarks>Where money or a login is concerned the database counts, for all processes together; else each process for itself.</remarks>
public sealed class RateLimits(IdentityTables tables)
{
    public static readonly Duration Window = Duration.FromSeconds(60);
    private const int KeptMax = 100_000;

    private readonly ConcurrentDictionary<(string Tenant, string Subject, string Operation), Count> counts = new();

    /// <summary>Counts one more in this process.</summary>
    public RateTaken Take(string tenant, string subject, string operation, int max, Instant now)
    {
        if (counts.Count > KeptMax) counts.Clear();
        var count = counts.GetOrAdd((tenant, subject, operation), static _ => new());
        lock (count)
        {
            if (now - count.Opens >= Window) (count.Opens, count.Used) = (now, 0);
            count.Used = Math.Min(count.Used + 1, int.MaxValue - 1);
            return new(max, count.Used, Left(count.Opens + Window, now));
        }
    }

    /// <summary>Counts one more for all processes.</summary>
    /// <param name="window">A minute, unless said otherwise.</param>
    public async Task<RateTaken> TakeTogether(
        string tenant, string subject, string operation, int max, Instant now, CancellationToken ct, Duration? window = null)
    {
        var length = window ?? Window;
        var (used, opens) = (await tables.Query(tenant, """
            insert into identity.rate_windows as w (tenant_id, subject, operation, opens, used) values ($1, $2, $3, $4, 1)
            on conflict (tenant_id, subject, operation) do update
                set used = case when w.opens <= $5 then 1 else least(w.used, 1000000) + 1 end,
                    opens = case when w.opens <= $5 then excluded.opens else w.opens end
            returning used, opens
            """, [tenant, subject, operation, now, now - length], row => (row.GetInt32(0), row.GetInstant(1)), ct))[0];
        return new(max, used, Left(opens + length, now));
    }

    private static int Left(Instant closes, Instant now) => Math.Max(1, (int)Math.Ceiling((closes - now).TotalSeconds));

    private sealed class Count
    {
        public Instant Opens { get; set; } = Instant.MinValue;
        public int Used { get; set; }
    }
}

/// <param name="Max">How many a window has.</param>
/// <param name="Used">This one included.</param>
/// <param name="ResetSeconds">Until the next window.</param>
public readonly record struct RateTaken(int Max, int Used, int ResetSeconds)
{
    public bool IsOver => Used > Max;

    public int Remaining => Math.Max(0, Max - Used);
}
