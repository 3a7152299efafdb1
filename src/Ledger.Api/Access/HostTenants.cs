using Ledger.Domain.Tenancy;
using Ledger.Workers.Tenancy;

namespace Ledger.Api.Access;

/// <summary>Which tenant a host name is of: what comes before somebody has shown who they are goes by it.</summary>
internal sealed class HostTenants(Tenants tenants)
{
    /// <summary>
    /// The first label of the host, where it is a tenant's id: <c>0198f3a2-….example.org</c>. Any other host is the platform's.
    /// </summary>
    public async ValueTask<Tenant.Known> Of(HttpContext http)
    {
        var label = http.Request.Host.Host.Split('.')[0];
        if (!Guid.TryParseExact(label, "D", out _)) return (await PlatformTenant.Find(tenants, PlatformTenant.Name, http.RequestAborted))!;
        return await tenants.Find(label.ToLowerInvariant(), http.RequestAborted) ?? throw new ProblemException(Problem.Of(TenantRejections.NotFound));
    }
}
