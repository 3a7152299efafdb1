using Ledger.EventStore;
using Npgsql;

namespace Ledger.Identity;

/// <summary>The tables of identity, each statement as a role that sees one tenant.</summary>
public sealed class IdentityTables(LedgerDatabase database) : IForgets
{
    /// <summary>The rows that a statement gives, within one tenant.</summary>
    internal Task<List<TRow>> Query<TRow>(
        string tenant, string sql, IEnumerable<object?> parameters, Func<NpgsqlDataReader, TRow> read, CancellationToken ct) =>
        database.QueryAs("ledger_identity", tenant, sql, parameters, read, ct);

    /// <summary>Whether a statement that returns what it touched has touched anything.</summary>
    internal async Task<bool> Touches(string tenant, string sql, IEnumerable<object?> parameters, CancellationToken ct) =>
        (await Query(tenant, sql, parameters, _ => true, ct)).Count > 0;

    /// <summary>Removes all that there is of somebody: their password, sessions, codes, and addresses that they never showed.</summary>
    public async Task Erase(string tenant, Guid subject, CancellationToken ct)
    {
        foreach (var table in new[] { "logins", "sessions", "codes", "pending_addresses" })
            _ = await Touches(tenant, $"delete from identity.{table} where tenant_id = $1 and subject_id = $2 returning 1", [tenant, subject], ct);
    }

    /// <summary>Removes what has had its time, of every tenant. Returns how many rows.</summary>
    public async Task<int> Forget(Instant now, CancellationToken ct) =>
        await database.RunAsWorker("delete from identity.sessions where expires_at < $1", [now - Duration.FromDays(30)], ct)
        + await database.RunAsWorker("delete from identity.codes where expires_at < $1", [now - Duration.FromDays(1)], ct)
        + await database.RunAsWorker(
            "delete from identity.pending_addresses where subject_kind = 'customer' and created_at < $1",
            [now - Sessions.PendingAddresses.KeptFor], ct)
        + await database.RunAsWorker("delete from identity.rate_windows where opens < $1", [now - Duration.FromHours(1)], ct);
}
