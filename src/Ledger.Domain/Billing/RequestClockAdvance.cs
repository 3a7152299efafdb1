using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Move a sandbox tenant's clock, stopping at each instant at which something is due.</summary>
/// <remarks>Refuses with <c>tenant_not_sandbox</c>, <c>clock_moves_forward</c>, <c>clock_too_far</c>.</remarks>
/// <param name="Now">Where the clock stands.</param>
public sealed record RequestClockAdvance(ClockAdvanceId Id, TenantId Tenant, Instant Now, Instant To, BillingRunId? Then = null) : IJointCommand
{
    private static readonly Duration Most = Duration.FromDays(3660);

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<ClockAdvance, ClockAdvanceEvent>(Id.Stream) is not ClockAdvance.Unknown) return JointDecision.Nothing;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        if (tenant.Mode is not TenantMode.Sandbox) return ClockRejections.NotSandbox;
        if (To < Now) return ClockRejections.Backwards;
        if (To - Now > Most) return ClockRejections.TooFar;
        return new JointDecision().Append(Id.Stream, new ClockAdvanceRequested(Id, Tenant, Now, To, Then));
    }
}
