namespace Ledger.EventStore.PersonalData;

/// <summary>Exchanges the master key under which personal keys are wrapped, while everything goes on.</summary>
/// <remarks>
/// What is not under the first master key yet is looked for in the order of its key, some hundreds at a time. Each lot is one
/// statement that replaces only what is still as it was read: it may be killed at any instant and begun again, run in several
/// processes at once, and never brings back a key that was destroyed meanwhile. What is sealed stays as it is.
/// </remarks>
public sealed class PersonalKeyRewrap(LedgerDatabase database, MasterKeys master)
{
    /// <summary>The SQLSTATE of a key that was to be wrapped under a master key that was forgotten.</summary>
    public const string ForgottenState = "LG003";

    private const int Lot = 500;

    /// <param name="progress">Told how many have been wrapped anew, of how many.</param>
    /// <returns>How many this call has wrapped anew.</returns>
    /// <exception cref="MasterKeyException">One is wrapped under a master key that is not at hand; those before it are done.</exception>
    public async Task<long> Run(IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        var first = master.All[0];
        var total = (await Uses(ct)).Where(use => use.Id != first.Id).Sum(use => use.Keys);
        var (done, seen) = (0L, 0L);
        var after = (Tenant: "", Subject: Guid.Empty);
        while (true)
        {
            var lot = await database.QueryAsWorker("""
                select tenant_id, subject_id, wrapped from ledger.personal_keys
                where (tenant_id, subject_id) > ($1, $2) and wrapped is not null and substring(wrapped from 1 for 9) <> $3
                order by tenant_id, subject_id limit $4
                """, [after.Tenant, after.Subject, first.Mark, Lot],
                row => (Tenant: row.GetString(0), Subject: row.GetGuid(1), Wrapped: row.GetFieldValue<byte[]>(2)), ct);
            if (lot.Count == 0) return done;

            var renewed = lot.Select(one => first.Wrap(master.Unwrap(one.Wrapped))).ToArray();
            done += (await database.QueryAsWorker("select ledger.rewrap_personal_keys($1, $2, $3, $4)",
                [lot.Select(one => one.Tenant).ToArray(), lot.Select(one => one.Subject).ToArray(), lot.Select(one => one.Wrapped).ToArray(), renewed],
                row => row.GetInt32(0), ct))[0];
            after = (lot[^1].Tenant, lot[^1].Subject);
            seen += lot.Count;
            progress?.Report((seen, Math.Max(seen, total)));
        }
    }

    /// <summary>How many keys are wrapped under which master key: those at hand first, in their order.</summary>
    public async Task<IReadOnlyList<MasterKeyUse>> Uses(CancellationToken ct)
    {
        var counted = await database.QueryAsWorker("""
            select case get_byte(wrapped, 0) when 2 then encode(substring(wrapped from 2 for 8), 'hex') else '' end, count(*)
            from ledger.personal_keys where wrapped is not null group by 1 order by 1
            """, [], row => (Id: row.GetString(0), Keys: row.GetInt64(1)), ct);
        var unnamed = counted.Where(one => one.Id.Length == 0).Sum(one => one.Keys);
        var uses = master.All.Select((key, place) =>
        {
            var keys = counted.Where(one => one.Id == key.Id).Sum(one => one.Keys);
            return new MasterKeyUse(key.Id, IsAtHand: true, keys, MayGo: place > 0 && keys == 0 && unnamed == 0);
        }).ToList();
        uses.AddRange(counted.Where(one => one.Id.Length > 0 && uses.TrueForAll(use => use.Id != one.Id)).Select(one => new MasterKeyUse(one.Id, IsAtHand: false, one.Keys, MayGo: false)));
        if (unnamed > 0) uses.Add(new(null, IsAtHand: true, unnamed, MayGo: false));
        return uses;
    }

    /// <summary>Has the database refuse from now on what is wrapped under a master key, if nothing is. Again changes nothing.</summary>
    /// <returns>How many keys may still need it; 0 when it is forgotten.</returns>
    public async Task<long> Forget(string id, CancellationToken ct) =>
        (await database.QueryAsWorker("select ledger.forget_master_key($1)", [Convert.FromHexString(id)], row => row.GetInt64(0), ct))[0];
}

/// <param name="Id">Null for keys from before master keys had ids: any of those at hand may have wrapped them.</param>
/// <param name="IsAtHand">Whether it is among the master keys of this process.</param>
/// <param name="Keys">How many personal keys are wrapped under it.</param>
/// <param name="MayGo">Whether nothing needs it any more, and it does not wrap.</param>
public sealed record MasterKeyUse(string? Id, bool IsAtHand, long Keys, bool MayGo);
