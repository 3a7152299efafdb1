using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ledger.EventStore.PersonalData;

/// <summary>The keys of persons, and of tenants: made at the edge, stored by the commit that first uses them.</summary>
public sealed class PersonalKeys(LedgerDatabase database, MasterKeys master, TimeProvider time)
{
    /// <summary>The subject under which a tenant keeps its own key: for search, and for answers that tell of nobody.</summary>
    public static readonly Guid OfTenant = Guid.Empty;

    private const int KeptMax = 50_000;

    /// <summary>
    /// How long another process may still open what was erased here, if it does not hear of it: <see cref="Feed.ProcessSignals"/>
    /// tell it at once, and this is the safety net.
    /// </summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Tenant, Guid Subject), (SubjectKey? Key, DateTimeOffset Until)> kept = new();
    private long forgotten;

    /// <summary>A fresh key, and the change that stores it with the commit that uses it.</summary>
    public (SubjectKey Key, PersonalKeyChange Change) New(Guid subject)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return (new SubjectKey(secret), new(subject, master.Wrap(secret)));
    }

    /// <summary>Null when the subject has none, or it was destroyed.</summary>
    public async ValueTask<SubjectKey?> Find(string tenant, Guid subject, CancellationToken ct)
    {
        if (kept.TryGetValue((tenant, subject), out var entry) && entry.Until > time.GetUtcNow()) return entry.Key;
        return (await FindMany(tenant, [subject], ct)).GetValueOrDefault(subject);
    }

    /// <summary>The keys of those who have one, in one round trip.</summary>
    /// <exception cref="MasterKeyException">One is wrapped under a master key that is not at hand.</exception>
    public async Task<IReadOnlyDictionary<Guid, SubjectKey>> FindMany(string tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        var found = new Dictionary<Guid, SubjectKey>();
        var missing = new List<Guid>();
        var now = time.GetUtcNow();
        foreach (var subject in subjects.Distinct())
        {
            if (!kept.TryGetValue((tenant, subject), out var entry) || entry.Until <= now) missing.Add(subject);
            else if (entry.Key is { } key) found[subject] = key;
        }

        if (missing.Count == 0) return found;
        var before = Interlocked.Read(ref forgotten);
        var rows = await database.QueryAsTenant(
            tenant, "select subject_id, wrapped from ledger.personal_keys where tenant_id = $1 and subject_id = any($2) and wrapped is not null",
            [tenant, missing.ToArray()], row => (Subject: row.GetGuid(0), Wrapped: row.GetFieldValue<byte[]>(1)), ct);
        foreach (var (subject, wrapped) in rows)
        {
            var key = new SubjectKey(master.Unwrap(wrapped));
            found[subject] = key;
            Keep(tenant, subject, key, before);
        }

        return found;
    }

    /// <summary>The tenant's own key. It exists from the tenant's first commit on.</summary>
    public async ValueTask<SubjectKey> TenantKey(string tenant, CancellationToken ct) =>
        await Find(tenant, OfTenant, ct) ?? throw new InvalidOperationException($"Tenant {tenant} has no key.");

    /// <summary>Forgets a key at once, in this process.</summary>
    public void Forget(string tenant, Guid subject)
    {
        _ = Interlocked.Increment(ref forgotten);
        _ = kept.TryRemove((tenant, subject), out _);
    }

    /// <summary>Forgets all keys at once, in this process: it may have missed that one was destroyed.</summary>
    public void ForgetAll()
    {
        _ = Interlocked.Increment(ref forgotten);
        kept.Clear();
    }

    /// <param name="before">How often a key had been forgotten when this one was read: one that was destroyed since is not kept.</param>
    private void Keep(string tenant, Guid subject, SubjectKey key, long before)
    {
        if (kept.Count >= KeptMax) kept.Clear();
        kept[(tenant, subject)] = (key, time.GetUtcNow() + KeptFor);
        if (Interlocked.Read(ref forgotten) != before) _ = kept.TryRemove((tenant, subject), out _);
    }
}
