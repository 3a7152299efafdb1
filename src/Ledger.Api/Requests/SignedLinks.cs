using System.Security.Cryptography;
using System.Text;
using Ledger.EventStore.PersonalData;

namespace Ledger.Api.Requests;

/// <summary>Links that somebody without a key may follow: nobody but us can make one.</summary>
internal sealed class SignedLinks(PersonalKeys keys)
{
    /// <param name="kind">What the link is for, in plain words: a link of one kind opens none of another.</param>
    /// <param name="id">Of the thing it leads to.</param>
    public async Task<string> Sign(string tenant, string kind, Guid id, CancellationToken ct) =>
        Convert.ToHexStringLower((await keys.TenantKey(tenant, ct)).Token(kind, id.ToString()));

    /// <exception cref="ProblemException">The link is not ours.</exception>
    public async Task Check(string tenant, string kind, Guid id, string signature, CancellationToken ct)
    {
        var ours = Guid.TryParse(tenant, out _) && await keys.Find(tenant, PersonalKeys.OfTenant, ct) is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(await Sign(tenant, kind, id, ct)), Encoding.ASCII.GetBytes(signature));
        if (!ours) throw new ProblemException(Problem.NotFound);
    }
}
