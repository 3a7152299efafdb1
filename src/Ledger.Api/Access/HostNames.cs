using Ledger.Domain.Tenancy;

namespace Ledger.Api.Access;

/// <summary>Which tenant has taken a host name, as it was a few seconds ago at most.</summary>
internal sealed class HostNames(Claims claims, PlatformHosts own, IClock clock)
{
    private readonly Kept<string, string?> kept = new(10_000, Duration.FromSeconds(3));

    /// <summary>The tenant's id; null when the name is nobody's, or none that can be taken.</summary>
    public async ValueTask<string?> Owner(string host, CancellationToken ct)
    {
        var name = host.TrimEnd('.');
        return !HostName.IsGood(name) || own.Has(name) ? null : await kept.Get(name, clock.GetCurrentInstant(), Look, ct);
    }

    private async Task<string?> Look(string name) =>
        (await claims.OwnerOf(PlatformTenant.Name, HostName.ClaimKind, name, CancellationToken.None))?.ToString();
}
