using Ledger.Domain.Invoices;

namespace Ledger.Projections.Invoices;

/// <summary>Every invoice.</summary>
public sealed class InvoiceView : View<InvoiceRow>
{
    public override string Name => "invoices";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, number bigint not null, customer_id uuid not null, subscription_id uuid,
        status text not null, period_from date, period_until date, currency text not null, net bigint not null, tax bigint not null,
        total bigint not null, prices_include_tax boolean not null, lines jsonb not null, issued_on date not null, due_on date not null,
        paid_on date, payment_id uuid, caused_by text, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position)", "(tenant_id, customer_id, created_position)", "(tenant_id, subscription_id, created_position)",
        "(tenant_id, status, created_position)", "(tenant_id, number)", "(tenant_id, caused_by)",
    ];

    public override IReadOnlyList<string> Streams => ["invoice"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is InvoiceEvent ? [happened.Stream.Id] : [];

    public override InvoiceRow? After(InvoiceRow? row, Guid id, StoredEvent happened)
    {
        var after = happened.Event switch
        {
            InvoiceIssued issued => new InvoiceRow(
                happened.Tenant, id, issued.Number, issued.CustomerId.Value, issued.SubscriptionId?.Value, "pending", issued.Period?.From,
                issued.Period?.Until, issued.Total.Currency.Code, issued.Net.Amount, issued.Tax.Amount, issued.Total.Amount,
                issued.PricesIncludeTax, Json.Of(issued.Lines)!, issued.IssuedOn, issued.DueOn, PaidOn: null, PaymentId: null,
                happened.CorrelationId, happened.Version, happened.Position, happened.Headers.EffectiveAt, happened.Headers.EffectiveAt),
            InvoicePaid paid => row! with { Status = "paid", PaidOn = paid.On, PaymentId = paid.PaymentId.Value },
            InvoiceOverdue => row! with { Status = "overdue" },
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
        return after with { Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt };
    }
}

/// <param name="CausedBy">What set it off: the billing run, or the request.</param>
public sealed record InvoiceRow(
    string TenantId, Guid Id, long Number, Guid CustomerId, Guid? SubscriptionId, string Status, LocalDate? PeriodFrom,
    LocalDate? PeriodUntil, string Currency, long Net, long Tax, long Total, bool PricesIncludeTax, [property: JsonColumn] string Lines,
    LocalDate IssuedOn, LocalDate DueOn, LocalDate? PaidOn, Guid? PaymentId, string? CausedBy, long Version, long CreatedPosition,
    Instant CreatedAt, Instant UpdatedAt);
