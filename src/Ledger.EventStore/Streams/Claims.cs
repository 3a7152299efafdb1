namespace Ledger.EventStore.Streams;

/// <summary>Who has a claimed value.</summary>
public sealed class Claims(LedgerDatabase database)
{
    /// <summary>The stream of this tenant that has the value; null when it is free.</summary>
    public async Task<Guid?> OwnerOf(string tenant, string kind, string value, CancellationToken ct) =>
        (await database.QueryAsTenant(
            tenant, "select stream_id from ledger.claims where tenant_id = $1 and kind = $2 and value = $3", [tenant, kind, value],
            row => (Guid?)row.GetGuid(0), ct)).FirstOrDefault();

    /// <summary>The tenant and stream that have the hash of a key; null when it is nobody's.</summary>
    public async Task<(string Tenant, Guid Stream)?> OwnerOfKey(string kind, string hash, CancellationToken ct) =>
        (await database.QueryAsTenant(
            "", "select tenant_id, stream_id from ledger.find_claim($1, $2)", [kind, hash],
            row => ((string, Guid)?)(row.GetString(0), row.GetGuid(1)), ct)).FirstOrDefault();
}
