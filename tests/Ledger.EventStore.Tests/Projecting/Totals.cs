using Ledger.EventStore.Projecting;

namespace Ledger.EventStore.Tests.Projecting;

/// <summary>One row per open counter. It cannot take an addition of 666, nor store one of 667, nor say whose one of 668 is.</summary>
public class Totals(string name = "totals", int version = 1) : View<TotalsRow>
{
    public override string Name => name;

    public override int Version => version;

    public override string Columns => """
        tenant_id text not null, id uuid not null, total bigint not null check (total <> 667), name text,
        opened_at timestamptz not null, opened_on date, changes int not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, total)"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) =>
        happened.Event is CounterAdded { Amount: 668 } ? throw new InvalidOperationException("Whose?") : [happened.Stream.Id];

    public override TotalsRow? After(TotalsRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        CounterOpened opened => new(happened.Tenant, id, 0, opened.Name, opened.At, opened.At.InUtc().Date, 1),
        CounterAdded { Amount: 666 } => throw new InvalidOperationException("Not that."),
        CounterAdded added => row! with { Total = row.Total + added.Amount, Changes = row.Changes + 1 },
        CounterClosed => null,
        _ => row! with { Changes = row.Changes + 1 },
    };
}

public sealed record TotalsRow(string TenantId, Guid Id, long Total, string? Name, Instant OpenedAt, LocalDate? OpenedOn, int Changes);

/// <summary>Every tenant's number of events, in one row each: many events touch the same row.</summary>
public sealed class Activity : View<ActivityRow>
{
    public override string Name => "activity";

    public override int Version => 1;

    public override string Columns => "tenant_id text not null, id uuid not null, events int not null, last_position bigint not null";

    public override IReadOnlyList<string> Indexes => [];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => [Guid.Empty];

    public override ActivityRow After(ActivityRow? row, Guid id, StoredEvent happened) =>
        new(happened.Tenant, id, (row?.Events ?? 0) + 1, happened.Position);
}

public sealed record ActivityRow(string TenantId, Guid Id, int Events, long LastPosition);

/// <summary>Looks only at streams of a kind that there are none of.</summary>
public sealed class Sightings : View<ActivityRow>
{
    public override string Name => "sightings";

    public override int Version => 1;

    public override string Columns => "tenant_id text not null, id uuid not null, events int not null, last_position bigint not null";

    public override IReadOnlyList<string> Indexes => [];

    public override IReadOnlyList<string> Streams => ["yeti"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => [];

    public override ActivityRow? After(ActivityRow? row, Guid id, StoredEvent happened) => row;
}
