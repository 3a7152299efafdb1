namespace Ledger.EventStore.Audit;

/// <summary>Finds an event by its id, of which there is no index: an id says when it was made, and the log is in the order of time.</summary>
/// <remarks>
/// Looks at the tenant's events from that moment on, and at a bounded number of them: an event is made just before its batch. The
/// looks that begin earlier are for clocks that are a little, or far, apart; they come later, as what was written in a hurry before
/// that moment would use up their number.
/// </remarks>
public sealed class EventById(LedgerDatabase database)
{
    private static readonly (Duration Before, int Looks)[] Tries = [(Duration.Zero, 5000), (Duration.FromSeconds(2), 20_000), (Duration.FromMinutes(10), 50_000)];

    /// <summary>Its position; null when the tenant has no such event.</summary>
    public async Task<long?> Find(string tenant, Guid id, CancellationToken ct)
    {
        if (id.Version != 7) return null;
        var made = TimedId.MadeAt(id);
        foreach (var (before, looks) in Tries)
        {
            var found = await database.QueryAsTenant(tenant, """
                with near as materialized (
                    select i.position from ledger.event_index i
                    where i.tenant_id = $1 and i.position > ledger.position_before($3) order by i.position limit $4)
                select n.position from near n join public.mt_events e on e.seq_id = n.position where e.id = $2
                """, [tenant, id, made - before, looks], row => row.GetInt64(0), ct);
            if (found is [var position, ..]) return position;
        }

        return null;
    }
}
