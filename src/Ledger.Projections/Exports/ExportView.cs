using Ledger.Domain.Exports;

namespace Ledger.Projections.Exports;

/// <summary>Every export.</summary>
public sealed class ExportView : View<ExportRow>
{
    public override string Name => "exports";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, resource text not null, format text not null, filter jsonb, status text not null, requested_on date not null,
        rows bigint, bytes bigint, expires_at timestamptz, failure_code text, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["export"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ExportEvent ? [happened.Stream.Id] : [];

    public override ExportRow? After(ExportRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        var after = happened.Event switch
        {
            ExportRequested asked => new ExportRow(
                happened.Tenant, id, JsonNamingPolicy.SnakeCaseLower.ConvertName(asked.Resource.ToString()),
                JsonNamingPolicy.SnakeCaseLower.ConvertName(asked.Format.ToString()), Json.Of(asked.Filter), "queued", asked.On, Rows: null, Bytes: null,
                ExpiresAt: null, FailureCode: null, happened.Version, happened.Position, at, at),
            ExportCompleted done => row! with { Status = "completed", Rows = done.Rows, Bytes = done.Bytes, ExpiresAt = done.ExpiresAt },
            ExportFailed failed => row! with { Status = "failed", FailureCode = failed.Code },
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
        return after with { Version = happened.Version, UpdatedAt = at };
    }
}

/// <param name="Status">queued, completed or failed.</param>
public sealed record ExportRow(
    string TenantId, Guid Id, string Resource, string Format, [property: JsonColumn] string? Filter, string Status, LocalDate RequestedOn, long? Rows, long? Bytes,
    Instant? ExpiresAt, string? FailureCode, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
