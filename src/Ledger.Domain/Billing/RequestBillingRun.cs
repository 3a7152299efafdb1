using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Do all that is due up to a day. Each period is billed once, however often it is asked for.</summary>
/// <remarks>Refuses with <c>date_in_future</c> for a live tenant. A sandbox tenant's clock moves there first.</remarks>
public sealed record RequestBillingRun(BillingRunId Id, TenantId Tenant, LocalDate AsOfDate, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<BillingRun, BillingRunEvent>(Id.Stream) is not BillingRun.Unknown) return JointDecision.Nothing;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        return tenant.Mode is TenantMode.Live && AsOfDate > Today
            ? BillingRunRejections.DateInFuture
            : new JointDecision().Append(Id.Stream, new BillingRunRequested(Id, Tenant, AsOfDate));
    }
}
