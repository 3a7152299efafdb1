using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tenancy;

/// <summary>The tenant in a path: its own id or <c>current</c>. Another's is not there.</summary>
internal static class TenantPath
{
    public static Tenant.Known Resolve(string tenant, Call call) =>
        tenant == "current" || tenant == call.Tenant ? call.Caller.Tenant : throw new ProblemException(Problem.Of(TenantRejections.NotFound));
}
