using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Projections.Refunds;

/// <summary>Every refund.</summary>
public sealed class RefundView : View<RefundRow>
{
    public override string Name => "refunds";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, payment_id uuid not null, customer_id uuid, invoice_id uuid, order_id uuid,
        status text not null, currency text not null, amount bigint not null, reason text, requested_by text not null, decided_by text,
        requested_on date not null, failure_code text, provider_reference text, credit_note_id uuid, version bigint not null,
        created_position bigint not null, created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position) include (created_at)", "(tenant_id, customer_id, created_position)", "(tenant_id, payment_id, created_position)",
        "(tenant_id, status, created_position)",
    ];

    public override IReadOnlyList<string> Streams => ["refund"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is RefundEvent ? [happened.Stream.Id] : [];

    public override RefundRow? After(RefundRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        var after = happened.Event switch
        {
            RefundRequested asked => new RefundRow(
                happened.Tenant, id, asked.PaymentId.Value, asked.CustomerId?.Value, asked.InvoiceId?.Value,
                asked.For is { Kind: PurchaseKind.Order } order ? order.Id : null, "requested", asked.Amount.Currency.Code, asked.Amount.Amount,
                asked.Reason, asked.RequestedBy, DecidedBy: null, asked.On, FailureCode: null, ProviderReference: null, CreditNoteId: null,
                happened.Version, happened.Position, at, at),
            RefundApproved approved => row! with { Status = "processing", DecidedBy = approved.ApprovedBy },
            RefundRejected rejected => row! with { Status = "rejected", DecidedBy = rejected.RejectedBy },
            RefundSucceeded done => row! with
            {
                Status = "succeeded", ProviderReference = done.ProviderReference, CreditNoteId = done.CreditNoteId?.Value,
            },
            RefundFailed failed => row! with { Status = "failed", FailureCode = failed.Code },
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
        return after with { Version = happened.Version, UpdatedAt = at };
    }
}

public sealed record RefundRow(
    string TenantId, Guid Id, Guid PaymentId, Guid? CustomerId, Guid? InvoiceId, Guid? OrderId, string Status, string Currency, long Amount,
    string? Reason, string RequestedBy, string? DecidedBy, LocalDate RequestedOn, string? FailureCode, string? ProviderReference,
    Guid? CreditNoteId, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
