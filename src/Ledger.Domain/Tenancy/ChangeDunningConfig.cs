namespace Ledger.Domain.Tenancy;

/// <summary>Change how failed payments are chased from now on; a chase that has begun keeps its terms.</summary>
/// <remarks>Refuses with <c>tenant_not_found</c>.</remarks>
public sealed record ChangeDunningConfig(TenantId Id, int? SettlingAttempts, int? CancelledAfterDays) : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known known) return TenantRejections.NotFound;
        var wanted = new DunningSettings(
            SettlingAttempts ?? known.Dunning.SettlingAttempts, CancelledAfterDays ?? known.Dunning.CancelledAfterDays);
        return wanted == known.Dunning ? [] : [new DunningConfigChanged(Id, wanted)];
    }
}
