using System.Security.Cryptography;
using Ledger.EventStore.PersonalData;

namespace Ledger.EventStore.Idempotency;

/// <summary>What is known of requests made before.</summary>
public sealed class KnownRequests(LedgerDatabase database, PersonalKeys keys) : IForgets
{
    public async Task<KnownRequest?> Find(RequestIdentity request, CancellationToken ct)
    {
        var key = request.Key;
        var rows = await database.QueryAsTenant(key.Tenant, """
            select request_hash, is_done, stream_id, status, body, subject_id from ledger.idempotency
            where tenant_id = $1 and caller = $2 and key = $3
              and (kept_for_ever or created_at > now() - interval '24 hours')
            """, [key.Tenant, key.Caller, key.Key],
            row => (Hash: row.GetFieldValue<byte[]>(0), IsDone: row.GetBoolean(1), Stream: row.GetGuidOrNull(2),
                Status: row.GetInt32OrNull(3), Body: row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4), Subject: row.GetGuidOrNull(5)), ct);
        if (rows is not [var found]) return null;
        if (found.Hash.Length == 0) return new(KnownRequestKind.AnswerForgotten, found.Stream, null);   // Its person was erased.
        if (!CryptographicOperations.FixedTimeEquals(found.Hash, request.Hash)) return new(KnownRequestKind.OtherContent, found.Stream, null);
        if (!found.IsDone) return new(KnownRequestKind.Pending, found.Stream, null);

        var opener = found.Body is null ? null : await keys.Find(key.Tenant, found.Subject ?? PersonalKeys.OfTenant, ct);
        return opener is null
            ? new(KnownRequestKind.AnswerForgotten, found.Stream, null)
            : new(KnownRequestKind.Answered, found.Stream, new(found.Status!.Value, opener.OpenBytes(found.Body)));
    }

    /// <summary>The record to write with a commit.</summary>
    internal async ValueTask<IdempotencyRecord> Record(
        RequestIdentity request, bool isFirst, Guid? stream, StoredAnswer? answer, SubjectKey? fresh, CancellationToken ct)
    {
        byte[]? body = null;
        var subject = request.Subject;
        if (answer is not null)
        {
            var sealer = subject is { } person ? fresh ?? await keys.Find(request.Key.Tenant, person, ct) : null;
            if (sealer is null) subject = null;
            sealer ??= await keys.TenantKey(request.Key.Tenant, ct);
            body = sealer.SealBytes(answer.Body);
        }

        return new(request.Key, request.Hash, isFirst, answer is not null, stream, answer?.Status, body, subject, request.KeptForEver);
    }

    Task<int> IForgets.Forget(Instant now, CancellationToken ct) => Forget(ct);

    /// <summary>Forgets bodies, and keys of what moves no money, after 24 hours; a bounded number at a time.</summary>
    public async Task<int> Forget(CancellationToken ct) =>
        await database.RunAsWorker("""
            delete from ledger.idempotency where ctid = any(array(
                select ctid from ledger.idempotency
                where not kept_for_ever and created_at < now() - interval '24 hours' limit 5000))
            """, [], ct)
        + await database.RunAsWorker("""
            update ledger.idempotency set body = null where ctid = any(array(
                select ctid from ledger.idempotency
                where kept_for_ever and body is not null and created_at < now() - interval '24 hours' limit 5000))
            """, [], ct);
}

public enum KnownRequestKind
{
    /// <summary>The answer is at hand.</summary>
    Answered,

    /// <summary>Its first commit stands, its answer does not yet.</summary>
    Pending,

    /// <summary>The key was used for something else.</summary>
    OtherContent,

    /// <summary>It was answered, but the answer is no longer kept.</summary>
    AnswerForgotten,
}

/// <param name="Stream">What the request made or changed.</param>
public sealed record KnownRequest(KnownRequestKind Kind, Guid? Stream, StoredAnswer? Answer);
