namespace Ledger.Api.Access;

/// <summary>The platform's own host names. No tenant can take one, so nobody who logs in there comes to a tenant.</summary>
internal sealed class PlatformHosts(IReadOnlyList<string> names)
{
    public bool Has(string name) => names.Contains(name);
}
