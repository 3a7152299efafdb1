using System.Collections.Concurrent;

namespace Ledger.Api.Audit;

/// <summary>How many records of access are kept in a minute, for each tenant: nobody fills the table, and what was left out is counted.</summary>
/// <remarks>Counted in each process by itself. Refusals and looks at personal data have limits of their own, so that the ones cannot hide the others.</remarks>
internal sealed class AttemptLimit
{
    /// <summary>For a tenant; refusals of callers of whom not even the tenant is known share one, before their key is looked up.</summary>
    public const int RefusalsMax = 60, LooksMax = 1200, UnknownMax = 600;

    private readonly ConcurrentDictionary<(string Tenant, bool IsRefusal), Minute> minutes = new();

    /// <summary>Whether one more is kept.</summary>
    public bool Takes(string tenant, bool isRefusal, Instant now)
    {
        var most = tenant.Length == 0 ? UnknownMax : isRefusal ? RefusalsMax : LooksMax;
        var minute = minutes.GetOrAdd((tenant, isRefusal), _ => new(Of(now)));
        lock (minute)
        {
            if (minute.LeftOut == 0 && minute.Began != Of(now)) (minute.Began, minute.Kept) = (Of(now), 0);
            if (minute.Kept < most)
            {
                minute.Kept++;
                return true;
            }

            minute.LeftOut++;
            return false;
        }
    }

    /// <summary>The minutes that are over, for each tenant, in which something was left out. Each is given once.</summary>
    /// <param name="all">Also the one that is not over.</param>
    public IEnumerable<(string Tenant, bool IsRefusal, Instant Minute, long LeftOut)> Ended(Instant now, bool all)
    {
        foreach (var ((tenant, isRefusal), minute) in minutes)
        {
            long leftOut;
            Instant began;
            lock (minute)
            {
                if (!all && minute.Began == Of(now)) continue;
                (began, leftOut) = (minute.Began, minute.LeftOut);
                (minute.Began, minute.Kept, minute.LeftOut) = (Of(now), 0, 0);
            }

            if (leftOut > 0) yield return (tenant, isRefusal, began, leftOut);
            else if (began < Of(now)) _ = minutes.TryRemove((tenant, isRefusal), out _);
        }
    }

    private static Instant Of(Instant now) => Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / 60 * 60);

    private sealed class Minute(Instant began)
    {
        public Instant Began { get; set; } = began;
        public int Kept { get; set; }
        public long LeftOut { get; set; }
    }
}
