namespace Ledger.Domain.Tenancy;

/// <summary>Change how failed payments are chased from now on; a chase that has begun keeps its terms.</summary>
/// <remarks>Refuses with <c>tenant_not_found</c>. What is null stays.</remarks>
/// <param name="Waits">Days from each attempt to the next; empty for one attempt a day.</param>
/// <param name="GraceDays">0 for none.</param>
public sealed record ChangeDunningConfig(
    TenantId Id, int? SettlingAttempts, int? CancelledAfterDays, IReadOnlyList<int>? Waits = null, int? GraceDays = null,
    bool? RetryHardDeclines = null) : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known known) return TenantRejections.NotFound;
        var wanted = new DunningSettings(
            SettlingAttempts ?? known.Dunning.SettlingAttempts, CancelledAfterDays ?? known.Dunning.CancelledAfterDays,
            Waits is null ? known.Dunning.Waits : Waits.Count == 0 ? null : Waits,
            GraceDays is null ? known.Dunning.GraceDays : GraceDays == 0 ? null : GraceDays,
            RetryHardDeclines ?? known.Dunning.RetryHardDeclines);
        return wanted == known.Dunning ? [] : [new DunningConfigChanged(Id, wanted)];
    }
}
