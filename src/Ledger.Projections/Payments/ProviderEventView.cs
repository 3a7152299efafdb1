using Ledger.Domain.PaymentIntents;

namespace Ledger.Projections.Payments;

/// <summary>What providers have told that could not be written down at once, and what became of it.</summary>
public sealed class ProviderEventView : View<ProviderEventRow>
{
    public override string Name => "provider_events";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, subject_id uuid not null, status text not null, reason text not null, provider text not null,
        name text not null, subject text not null, kind text not null, fact jsonb not null, kept_on date not null, ended_on date, note text,
        created_position bigint not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)", "(tenant_id, status, created_position)"];

    public override IReadOnlyList<string> Streams => ["known_provider_subject"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event switch
    {
        ProviderEventKept kept => [kept.EventId.Value],
        ProviderEventApplied applied => [applied.EventId.Value],
        ProviderEventResolved resolved => [resolved.EventId.Value],
        _ => [],
    };

    public override ProviderEventRow? After(ProviderEventRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        ProviderEventKept kept => new(
            happened.Tenant, id, happened.Stream.Id, kept.Because is KeptBecause.SubjectUnknown ? "waiting" : "to_check",
            EventTypes.SnakeCase(kept.Because.ToString()), kept.Provider, kept.Name, kept.Subject, EventTypes.SnakeCase(kept.Fact.Kind.ToString()),
            Json.Of(kept.Fact)!, kept.On, EndedOn: null, Note: null, happened.Position),
        ProviderEventApplied applied => row! with { Status = "applied", EndedOn = applied.On },
        ProviderEventResolved resolved => row! with { Status = "resolved", EndedOn = resolved.On, Note = resolved.Note },
        _ => throw new UnreachableException($"{happened.Type} has no arm here."),
    };
}

/// <param name="Name">What the provider calls its event.</param>
/// <param name="Subject">What it is about.</param>
public sealed record ProviderEventRow(
    string TenantId, Guid Id, Guid SubjectId, string Status, string Reason, string Provider, string Name, string Subject, string Kind,
    [property: JsonColumn] string Fact, LocalDate KeptOn, LocalDate? EndedOn, string? Note, long CreatedPosition);

/// <summary>How much of what providers told waits.</summary>
public sealed class WaitingProviderEvents(LedgerDatabase database)
{
    /// <summary>More of a tenant do not wait at once.</summary>
    private const long Max = 1000;

    /// <param name="today">What has waited too long counts no more.</param>
    public async Task<bool> HasRoom(string tenant, LocalDate today, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select count(*) from (select 1 from views.provider_events
            where tenant_id = $1 and status = 'waiting' and kept_on >= $2 limit $3) as found
            """, [tenant, today.PlusDays(-KnownProviderSubject.DaysMax), Max], row => row.GetInt64(0), ct))[0] < Max;
}
