using Ledger.EventStore.Audit;

namespace Ledger.Api.Audit;

internal static class AuditServices
{
    /// <summary>What the audit trail is made of.</summary>
    public static IServiceCollection AddAuditTrail(this IServiceCollection services) => services
        .AddSingleton<EventSearch>().AddSingleton<EventById>().AddSingleton<AuditedEvents>().AddSingleton<AccessSearch>().AddSingleton<StreamHistories>()
        .AddSingleton<EventProof>().AddSingleton<StateChanges>().AddSingleton<TrailFilters>().AddSingleton<TrailReader>()
        .AddSingleton<AuditRecorder>().AddHostedService(all => all.GetRequiredService<AuditRecorder>());
}
