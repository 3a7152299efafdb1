using Ledger.Domain.CreditNotes;

namespace Ledger.Projections.CreditNotes;

/// <summary>Every credit note.</summary>
public sealed class CreditNoteView : View<CreditNoteRow>
{
    public override string Name => "credit_notes";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, number bigint not null, invoice_id uuid not null, customer_id uuid not null,
        destination text not null, currency text not null, net bigint not null, tax bigint not null, total bigint not null,
        lines jsonb not null, issued_on date not null, reason text, refund_id uuid, created_position bigint not null,
        created_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
        ["(tenant_id, created_position) include (created_at)", "(tenant_id, customer_id, created_position)", "(tenant_id, invoice_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["credit_note"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is CreditNoteEvent ? [happened.Stream.Id] : [];

    public override CreditNoteRow? After(CreditNoteRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        CreditNoteIssued issued => new(
            happened.Tenant, id, issued.Number, issued.InvoiceId.Value, issued.CustomerId.Value,
            JsonNamingPolicy.SnakeCaseLower.ConvertName(issued.Destination.ToString()), issued.Total.Currency.Code, issued.Net.Amount,
            issued.Tax.Amount, issued.Total.Amount, Json.Of(issued.Lines)!, issued.IssuedOn, issued.Reason, issued.RefundId, happened.Position,
            happened.Headers.EffectiveAt),
        _ => throw new UnreachableException($"{happened.Type} has no arm here."),
    };
}

public sealed record CreditNoteRow(
    string TenantId, Guid Id, long Number, Guid InvoiceId, Guid CustomerId, string Destination, string Currency, long Net, long Tax, long Total,
    [property: JsonColumn] string Lines, LocalDate IssuedOn, string? Reason, Guid? RefundId, long CreatedPosition, Instant CreatedAt);
