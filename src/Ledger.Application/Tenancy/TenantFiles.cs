using System.Security.Cryptography;

namespace Ledger.Application.Tenancy;

/// <summary>What tenants have uploaded. A file's name is the hash of its bytes, so it never changes under its name.</summary>
public sealed class TenantFiles(LedgerDatabase database)
{
    /// <summary>Of each tenant so many are kept that <see cref="Store"/> stored, the last ones; and the one that is in use.</summary>
    public const int KeptMax = 20;

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Stores a file; one that is there already counts as stored last.</summary>
    /// <param name="inUse">The hash of the file that is not to go, however old; null for none.</param>
    /// <returns>Its hash.</returns>
    public async Task<string> Store(string tenant, string contentType, byte[] content, string? inUse, CancellationToken ct)
    {
        var hash = HashOf(content);
        _ = await database.RunAsWorker("""
            insert into ledger.tenant_files (tenant_id, hash, content_type, content) values ($1, $2, $3, $4)
            on conflict (tenant_id, hash) do update set stored_at = clock_timestamp()
            """, [tenant, hash, contentType, content], ct);
        _ = await database.RunAsWorker("""
            delete from ledger.tenant_files where tenant_id = $1 and not is_kept and hash <> all ($2) and hash not in (
                select hash from ledger.tenant_files where tenant_id = $1 and not is_kept order by stored_at desc limit $3)
            """, [tenant, new[] { hash, inUse ?? hash }, KeptMax], ct);
        return hash;
    }

    /// <summary>Stores a file that stays, however many are stored after it.</summary>
    /// <returns>Its hash.</returns>
    public async Task<string> Keep(string tenant, string contentType, byte[] content, CancellationToken ct)
    {
        var hash = HashOf(content);
        _ = await database.RunAsWorker("""
            insert into ledger.tenant_files (tenant_id, hash, content_type, content, is_kept) values ($1, $2, $3, $4, true)
            on conflict (tenant_id, hash) do update set is_kept = true
            """, [tenant, hash, contentType, content], ct);
        return hash;
    }

    /// <summary>Null when the tenant has no such file.</summary>
    public async Task<TenantFile?> Find(string tenant, string hash, CancellationToken ct) =>
        (await database.QueryAsTenant(
            tenant, "select content_type, content from ledger.tenant_files where tenant_id = $1 and hash = $2", [tenant, hash],
            row => new TenantFile(row.GetString(0), row.GetFieldValue<byte[]>(1)), ct)).FirstOrDefault();
}

public sealed record TenantFile(string ContentType, byte[] Content);
