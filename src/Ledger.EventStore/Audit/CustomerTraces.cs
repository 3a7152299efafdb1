namespace Ledger.EventStore.Audit;

/// <summary>From where a customer came, wherever that stands in the clear: taken out when the customer is erased.</summary>
/// <remarks>That something was done stays, with the customer's id, which leads to nobody any more.</remarks>
public sealed class CustomerTraces(LedgerDatabase database)
{
    /// <summary>Doing it again changes nothing.</summary>
    public async Task Erase(string tenant, Guid customer, CancellationToken ct)
    {
        var actor = $"customer:{customer}";
        _ = await database.RunAsWorker("""
            update ledger.access_log set ip = null, user_agent = null
            where tenant_id = $1 and (actor = $2 or (resource_id = $3 and resource_type = 'customer' and actor is null))
            """, [tenant, actor, customer.ToString()], ct);
        _ = await database.RunAsWorker("""
            update ledger.request_origins o set ip = null, user_agent = null where o.tenant_id = $1 and (o.actor = $2 or o.request_id in (
                select e.headers ->> 'request_id' from ledger.event_index x join public.mt_events e on e.seq_id = x.position
                where x.tenant_id = $1 and x.actor = $2))
            """, [tenant, actor], ct);
        _ = await database.RunAsWorker(
            "update ledger.portal_sessions set ip = null, user_agent = null where tenant_id = $1 and customer_id = $2", [tenant, customer], ct);
    }
}
