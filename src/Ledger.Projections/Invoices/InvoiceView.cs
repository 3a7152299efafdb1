using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;

namespace Ledger.Projections.Invoices;

/// <summary>Every invoice.</summary>
public sealed class InvoiceView : View<InvoiceRow>
{
    public override string Name => "invoices";

    public override int Version => 4;

    public override string Columns => """
        tenant_id text not null, id uuid not null, number bigint, customer_id uuid not null, subscription_id uuid,
        status text not null, period_from date, period_until date, currency text not null, net bigint not null, tax bigint not null,
        total bigint not null, settled bigint not null, from_balance bigint not null, credited bigint not null, reduced bigint not null, prices_include_tax boolean not null, lines jsonb not null, issued_on date not null, due_on date not null,
        paid_on date, payment_id uuid, order_id uuid, caused_by text, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position) include (created_at)", "(tenant_id, issued_on, created_position)", "(tenant_id, customer_id, created_position)", "(tenant_id, subscription_id, created_position)",
        "(tenant_id, status, created_position)", "(tenant_id, number)", "(tenant_id, caused_by)", "(tenant_id, order_id) where order_id is not null",
        "(tenant_id, due_on) where status = 'pending'",
    ];

    public override IReadOnlyList<string> Streams => ["invoice"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is InvoiceEvent ? [happened.Stream.Id] : [];

    public override InvoiceRow? After(InvoiceRow? row, Guid id, StoredEvent happened)
    {
        var after = happened.Event switch
        {
            InvoiceDrafted drafted => Draft(drafted, id, happened),
            InvoiceIssued issued => Issue(issued, row, id, happened),
            InvoicePartiallyPaid part => Settle(row!, part.Amount, part.PaymentId),
            InvoicePaid paid => Settle(row!, paid.Amount, paid.PaymentId) with { Status = "paid", PaidOn = paid.On, PaymentId = paid.PaymentId?.Value },
            InvoiceOverdue => row! with { Status = "overdue" },
            InvoiceCancelled => row! with { Status = "cancelled" },
            InvoiceWrittenOff => row! with { Status = "written_off" },
            InvoiceCredited credited => row! with { Credited = row.Credited + credited.Amount.Amount, Reduced = row.Reduced + credited.Reduces.Amount },
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
        return after with { Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt };
    }

    private static InvoiceRow Settle(InvoiceRow row, Money amount, PaymentId? payment) => row with
    {
        Settled = row.Settled + amount.Amount, FromBalance = row.FromBalance + (payment is null ? amount.Amount : 0),
    };

    private static InvoiceRow Draft(InvoiceDrafted drafted, Guid id, StoredEvent happened) => new(
        happened.Tenant, id, Number: null, drafted.CustomerId.Value, SubscriptionId: null, "draft", PeriodFrom: null, PeriodUntil: null,
        drafted.Total.Currency.Code, drafted.Net.Amount, drafted.Tax.Amount, drafted.Total.Amount, Settled: 0, FromBalance: 0, Credited: 0, Reduced: 0,
        drafted.PricesIncludeTax, Json.Of(drafted.Lines)!, drafted.On, drafted.On.PlusDays(drafted.DueDays), PaidOn: null, PaymentId: null,
        OrderId: null, happened.CorrelationId, happened.Version, happened.Position, happened.Headers.EffectiveAt, happened.Headers.EffectiveAt);

    private static InvoiceRow Issue(InvoiceIssued issued, InvoiceRow? draft, Guid id, StoredEvent happened) => new(
        happened.Tenant, id, issued.Number, issued.CustomerId.Value, issued.SubscriptionId?.Value, "pending", issued.Period?.From,
        issued.Period?.Until, issued.Total.Currency.Code, issued.Net.Amount, issued.Tax.Amount, issued.Total.Amount, Settled: 0, FromBalance: 0, Credited: 0,
        Reduced: 0, issued.PricesIncludeTax, Json.Of(issued.Lines)!, issued.IssuedOn, issued.DueOn, PaidOn: null, PaymentId: null, issued.Order,
        happened.CorrelationId, happened.Version, draft?.CreatedPosition ?? happened.Position,
        draft?.CreatedAt ?? happened.Headers.EffectiveAt, happened.Headers.EffectiveAt);
}

/// <param name="Number">Null while it is a draft.</param>
/// <param name="FromBalance">What of the settled the customer's balance paid.</param>
/// <param name="CausedBy">What set it off: the billing run, or the request.</param>
public sealed record InvoiceRow(
    string TenantId, Guid Id, long? Number, Guid CustomerId, Guid? SubscriptionId, string Status, LocalDate? PeriodFrom,
    LocalDate? PeriodUntil, string Currency, long Net, long Tax, long Total, long Settled, long FromBalance, long Credited, long Reduced, bool PricesIncludeTax, [property: JsonColumn] string Lines,
    LocalDate IssuedOn, LocalDate DueOn, LocalDate? PaidOn, Guid? PaymentId, Guid? OrderId, string? CausedBy, long Version, long CreatedPosition,
    Instant CreatedAt, Instant UpdatedAt)
{
    /// <summary>The same, as it is on a day: overdue after the day on which it was due, said or not.</summary>
    public InvoiceRow On(LocalDate today) => Status is "pending" && DueOn < today ? this with { Status = "overdue" } : this;
}
