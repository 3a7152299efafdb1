namespace Ledger.EventStore.Verification;

/// <summary>The heads that were signed here, kept beside the log so that proofs can end in one.</summary>
/// <remarks>A head that is only kept here proves little: who can write the log anew can remove it. Heads are kept elsewhere too.</remarks>
public sealed class SignedHeads(LedgerDatabase database)
{
    /// <summary>Keeps a head; one that is known already stays as it was.</summary>
    public async Task Keep(SignedHead head, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            insert into ledger.signed_heads (position, hash, recorded_at, signature, key_id) values ($1, $2, $3, $4, $5) on conflict do nothing
            """);
        foreach (var value in new object[] { head.Position, head.Hash, head.RecordedAt.ToDateTimeUtc(), head.Signature, head.KeyId })
            _ = command.Parameters.Add(new() { Value = value });
        _ = await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The newest head at a position or behind it, or the one next to it; null when there is none.</summary>
    /// <param name="nearest">True for the one that the shortest chain leads to.</param>
    public async Task<SignedHead?> Find(string tenant, long from, bool nearest, CancellationToken ct) => (await database.QueryAsTenant(tenant, $"""
        select position, hash, recorded_at, signature, key_id from ledger.signed_heads
        where position >= $1 order by position {(nearest ? "asc" : "desc")}, signed_at desc limit 1
        """, [from], row => new SignedHead(row.GetInt64(0), row.GetString(1), row.GetInstant(2), row.GetString(3), row.GetString(4)), ct)).FirstOrDefault();
}
