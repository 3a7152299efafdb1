using Ledger.Domain.Bookings;

namespace Ledger.Projections.Bookings;

/// <summary>Every booking, cancelled ones included.</summary>
public sealed class BookingView : View<BookingRow>
{
    public override string Name => "bookings";

    public override int Version => 3;

    public override string Columns => """
        tenant_id text not null, id uuid not null, kind text not null, customer_id uuid not null, class_session_id uuid, status text not null,
        payment_status text not null, currency text, price bigint, held_until timestamptz, transaction_id uuid, payment_id text,
        payment_amount bigint, class_credit_id uuid, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position) include (created_at)", "(tenant_id, customer_id, created_position)", "(tenant_id, status, created_position)",
        "(tenant_id, class_session_id, created_position)", "(tenant_id, held_until) where status = 'pending'",
    ];

    public override IReadOnlyList<string> Streams => ["booking"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is BookingEvent ? [happened.Stream.Id] : [];

    public override BookingRow? After(BookingRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        var after = happened.Event switch
        {
            BookingCreated made => new BookingRow(
                happened.Tenant, id, EventTypes.SnakeCase(made.Kind.ToString()), made.CustomerId.Value, made.ClassSessionId?.Value, "pending", "pending",
                made.Price?.Currency.Code, made.Price?.Amount, made.HeldUntil, TransactionId: null, PaymentId: null, PaymentAmount: null,
                ClassCreditId: null, happened.Version, happened.Position, at, at),
            BookingPaid paid => row! with
            {
                PaymentStatus = "paid", TransactionId = paid.PaymentId.Value, PaymentId = paid.OutsidePaymentId, PaymentAmount = paid.Amount.Amount,
            },
            BookingConfirmed confirmed => row! with
            {
                Status = "confirmed", HeldUntil = null, ClassCreditId = confirmed.ClassCreditId?.Value,
                PaymentStatus = confirmed.ClassCreditId is null ? row.PaymentStatus : "credit_used",
            },
            BookingCreditReturned => row! with { PaymentStatus = "refunded" },
            BookingCancelled => row! with { Status = "cancelled", HeldUntil = null },
            _ => throw new UnreachableException(),
        };
        return after with { Version = happened.Version, UpdatedAt = at };
    }
}

/// <param name="TransactionId">The payment, by our id.</param>
/// <param name="PaymentId">The payment, as the system that took the money calls it.</param>
public sealed record BookingRow(
    string TenantId, Guid Id, string Kind, Guid CustomerId, Guid? ClassSessionId, string Status, string PaymentStatus, string? Currency,
    long? Price, Instant? HeldUntil, Guid? TransactionId, string? PaymentId, long? PaymentAmount, Guid? ClassCreditId, long Version,
    long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
