using System.Text;

namespace Ledger.Identity;

/// <summary>The platform's own key: it seals what signs tokens, and says which tokens are ours.</summary>
public sealed class PlatformKey(PersonalKeys keys, GroupCommit groupCommit)
{
    private static readonly string Platform = TenantId.Platform.ToString();

    /// <summary>Makes the key if there is none yet; of several processes that start at once, one does.</summary>
    public async ValueTask<SubjectKey> Get(CancellationToken ct)
    {
        if (await keys.Find(Platform, PersonalKeys.OfTenant, ct) is { } known) return known;
        var (_, change) = keys.New(PersonalKeys.OfTenant);
        try { _ = await groupCommit.Commit(new(Platform) { Keys = [change] }); }
        catch (Npgsql.PostgresException e) when (e.SqlState == Npgsql.PostgresErrorCodes.UniqueViolation) { }
        return await keys.TenantKey(Platform, ct);
    }

    /// <summary>A tenant's own key, or the platform's.</summary>
    public ValueTask<SubjectKey> Of(string tenant, CancellationToken ct) => tenant == Platform ? Get(ct) : keys.TenantKey(tenant, ct);

    /// <summary>A mark that only we can make, of a text of this kind; 16 bytes.</summary>
    internal async ValueTask<byte[]> Mark(string kind, string text, CancellationToken ct) => (await Get(ct)).Token(kind, text);

    /// <summary>Whether a mark is the one of this text, in a time that does not depend on where they differ.</summary>
    internal async ValueTask<bool> IsMark(string kind, string text, string mark, CancellationToken ct) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(await Mark(kind, text, ct))), Encoding.UTF8.GetBytes(mark));
}
