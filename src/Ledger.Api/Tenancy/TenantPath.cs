using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tenancy;

/// <summary>The tenant in a path: an id, or <c>current</c>. One that the caller may not see is not there.</summary>
internal sealed class TenantPath(Tenants tenants, HostTenants hosts, Callers callers)
{
    private const string Current = "current";

    /// <summary>The caller's own.</summary>
    public static Tenant.Known Resolve(string tenant, Call call) =>
        tenant == Current || tenant == call.Tenant ? call.Caller.Tenant : throw NotFound();

    /// <summary>For who looks after tenants, any; for everybody else their own.</summary>
    public async Task<Tenant.Known> Seen(string tenant, Call call, CancellationToken ct) =>
        call.Caller.Role is CallerRole.PlatformAdmin ? await Any(tenant, ct) ?? throw NotFound() : Resolve(tenant, call);

    /// <summary>For what everybody may see: any; <c>current</c> is the caller's, or without a caller that of the host name.</summary>
    public async Task<Tenant.Known> Public(string tenant, HttpContext http)
    {
        var found = tenant == Current
            ? (await callers.Of(http))?.Tenant ?? await hosts.Of(http)
            : await Any(tenant, http.RequestAborted);
        return found is not null && found.Id != TenantId.Platform ? found : throw NotFound();
    }

    private async Task<Tenant.Known?> Any(string tenant, CancellationToken ct) =>
        Guid.TryParseExact(tenant, "D", out var id) ? await tenants.Find(id.ToString(), ct) : null;

    private static ProblemException NotFound() => new(Problem.Of(TenantRejections.NotFound));
}
