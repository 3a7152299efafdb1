using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Ledger.Identity.Sessions;

/// <summary>Codes and links that are sent to somebody, to show that an address is theirs.</summary>
/// <remarks>
/// A code has six digits, five tries and ten minutes; a link is long and has the same ten minutes. Each works once. A try is
/// counted before the code is looked at. The newest code of an address alone is good.
/// </remarks>
public sealed class OneTimeCodes(IdentityTables tables, PersonalKeys keys)
{
    public const int TriesMax = 5;
    public static readonly Duration GoodFor = Duration.FromMinutes(10);

    /// <summary>So many codes an hour go to one address, whoever asks for them.</summary>
    private const int PerHourMax = 10;

    /// <param name="fixedCode">What a sandbox tenant's code always is; null for a random one.</param>
    /// <returns>Null when the address was sent too many of late.</returns>
    public async Task<SentCode?> Make(
        string tenant, string purpose, byte[] address, Subject subject, string? fixedCode, Instant now, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var code = fixedCode ?? RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var link = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var made = await tables.Touches(tenant, """
            insert into identity.codes (tenant_id, id, purpose, address, subject_kind, subject_id, secret_hash, link_hash, tries_left, created_at, expires_at)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
            where (select count(*) from identity.codes where tenant_id = $1 and purpose = $3 and address = $4 and created_at > $12) < $13
            returning 1
            """,
            [
                tenant, id, purpose, address, subject.KindName, subject.Id, await Hash(tenant, id, code, ct), SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(link)),
                TriesMax, now, now + GoodFor, now - Duration.FromHours(1), PerHourMax,
            ], ct);
        return made ? new(code, link) : null;
    }

    /// <summary>Whose code it is; null when it is wrong, used, too old, or there were too many tries.</summary>
    public async Task<Subject?> Check(string tenant, string purpose, byte[] address, string code, Instant now, CancellationToken ct)
    {
        var tried = await tables.Query(tenant, """
            update identity.codes set tries_left = tries_left - 1
            where tenant_id = $1 and used_at is null and tries_left > 0 and expires_at > $4 and id = (
                select id from identity.codes where tenant_id = $1 and purpose = $2 and address = $3 order by created_at desc, id desc limit 1)
            returning id, secret_hash, subject_kind, subject_id
            """, [tenant, purpose, address, now],
            row => (Id: row.GetGuid(0), Hash: row.GetFieldValue<byte[]>(1), Subject: Subject.Of(row.GetString(2), row.GetGuid(3))), ct);
        if (tried is not [var known]) return null;
        var hash = await Hash(tenant, known.Id, code, ct);
        if (!CryptographicOperations.FixedTimeEquals(known.Hash, hash)) return null;
        return await tables.Touches(tenant, "update identity.codes set used_at = $3 where tenant_id = $1 and id = $2 and used_at is null returning 1", [tenant, known.Id, now], ct)
            ? known.Subject
            : null;
    }

    /// <summary>Whose link it is, and where it was sent to; null when it is nobody's, used or too old.</summary>
    public async Task<(Subject Subject, byte[] Address)?> CheckLink(string tenant, string purpose, string link, Instant now, CancellationToken ct)
    {
        var found = await tables.Query(tenant, """
            update identity.codes set used_at = $4
            where tenant_id = $1 and link_hash = $2 and purpose = $3 and used_at is null and expires_at > $4
            returning subject_kind, subject_id, address
            """, [tenant, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(link)), purpose, now],
            row => (Subject.Of(row.GetString(0), row.GetGuid(1)), row.GetFieldValue<byte[]>(2)), ct);
        return found is [var one] ? one : null;
    }

    /// <summary>Under the tenant's key: a million codes are soon tried, but not without it.</summary>
    private async Task<byte[]> Hash(string tenant, Guid id, string code, CancellationToken ct) =>
        (await keys.TenantKey(tenant, ct)).Token("code", $"{id}{code}");
}

/// <param name="Code">For people to type.</param>
/// <param name="Link">For a link to carry.</param>
public sealed record SentCode(string Code, string Link);
