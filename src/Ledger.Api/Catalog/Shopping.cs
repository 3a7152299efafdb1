using Ledger.Domain.Tenancy;

namespace Ledger.Api.Catalog;

/// <summary>What of the catalog is shown to whom: staff see all of it, everybody else what is sold and shown.</summary>
internal static class Shopping
{
    extension(Call call)
    {
        public bool IsOfStaff => call.Caller.Role is CallerRole.Staff or CallerRole.Admin;

        /// <summary>Whose catalog it is.</summary>
        /// <exception cref="ProblemException"><c>tenant_not_found</c>: at the platform's host nothing is sold.</exception>
        public string ShopTenant => call.Caller.Tenant.Id != TenantId.Platform ? call.Tenant : throw new ProblemException(Problem.Of(TenantRejections.NotFound));
    }

    /// <summary>Anybody may call it: whoever shows who they are, for their tenant, and visitors for that of the host name.</summary>
    public static RouteHandlerBuilder OpenToVisitors(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new ForVisitors(AndCallers: true));
}
