using System.Collections.Concurrent;

namespace Ledger.Identity.Limits;

/// <summary>When each API key was last used, to the minute: written beside the requests, and lost rather than waited for.</summary>
public sealed class KeyUses(IdentityTables tables)
{
    private static readonly Duration NotedEvery = Duration.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, Instant> noted = new();

    public void Note(string tenant, Guid key, Instant now)
    {
        var last = noted.GetValueOrDefault(key, Instant.MinValue);
        if (now - last < NotedEvery || !(last == Instant.MinValue ? noted.TryAdd(key, now) : noted.TryUpdate(key, now, last))) return;
        _ = Task.Run(() => Write(tenant, key, now));
    }

    public async Task<IReadOnlyDictionary<Guid, Instant>> All(string tenant, CancellationToken ct) => (await tables.Query(
        tenant, "select key_id, used_at from identity.key_uses where tenant_id = $1", [tenant], row => (Key: row.GetGuid(0), At: row.GetInstant(1)), ct))
        .ToDictionary(one => one.Key, one => one.At);

    private async Task Write(string tenant, Guid key, Instant now)
    {
        try
        {
            _ = await tables.Touches(tenant, """
                insert into identity.key_uses as u (tenant_id, key_id, used_at) values ($1, $2, $3)
                on conflict (tenant_id, key_id) do update set used_at = greatest(u.used_at, excluded.used_at) returning 1
                """, [tenant, key, now], CancellationToken.None);
        }
        catch (Exception e) when (e is Npgsql.NpgsqlException or IOException or ObjectDisposedException) { _ = noted.TryRemove(key, out _); }
    }
}
