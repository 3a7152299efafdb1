using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Access;

/// <summary>Which tenant a host name is of: what comes before somebody has shown who they are goes by it.</summary>
internal sealed class HostTenants(Tenants tenants, HostNames names)
{
    /// <summary>
    /// By the first label of the host, where it is a tenant's id: <c>0198f3a2-….example.org</c>; or by a name that a tenant has
    /// taken. Any other host is the platform's.
    /// </summary>
    /// <exception cref="ProblemException"><c>tenant_not_found</c>: no tenant has this id.</exception>
    public async ValueTask<Tenant.Known> Of(HttpContext http)
    {
        var host = http.Request.Host.Host.ToLowerInvariant();
        var name = Guid.TryParseExact(host.Split('.')[0], "D", out var id) ? id.ToString() : await names.Owner(host, http.RequestAborted) ?? PlatformTenant.Name;
        return await PlatformTenant.Find(tenants, name, http.RequestAborted) ?? throw new ProblemException(Problem.Of(TenantRejections.NotFound));
    }
}
