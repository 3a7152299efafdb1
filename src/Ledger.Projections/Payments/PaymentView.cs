using Ledger.Domain.Payments;

namespace Ledger.Projections.Payments;

/// <summary>Every payment, as it stands after its last attempt.</summary>
public sealed class PaymentView : View<PaymentRow>
{
    public override string Name => "payments";

    public override int Version => 3;

    public override string Columns => """
        tenant_id text not null, id uuid not null, invoice_id uuid, customer_id uuid, subscription_id uuid,
        order_id uuid, booking_id uuid, class_credit_id uuid, status text not null, currency text not null, amount bigint not null,
        captured bigint not null, refunded bigint not null, disputed bigint not null, card_brand text, card_last4 text, settling_attempts int not null,
        last_attempt_on date not null, last_attempt_at timestamptz not null, failure_code text, payment_method_id uuid, provider text,
        provider_reference text, version bigint not null, created_position bigint not null, created_at timestamptz not null,
        updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position) include (created_at)", "(tenant_id, last_attempt_on, created_position)", "(tenant_id, customer_id, created_position)", "(tenant_id, subscription_id, created_position)",
        "(tenant_id, status, created_position)", "(tenant_id, created_at, created_position)",
    ];

    public override IReadOnlyList<string> Streams => ["payment"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is PaymentEvent ? [happened.Stream.Id] : [];

    public override PaymentRow? After(PaymentRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        var after = happened.Event switch
        {
            PaymentInitiated begun => new PaymentRow(
                happened.Tenant, id, begun.InvoiceId?.Value, begun.CustomerId?.Value, begun.SubscriptionId?.Value,
                IdOf(begun.For, PurchaseKind.Order), IdOf(begun.For, PurchaseKind.Booking), IdOf(begun.For, PurchaseKind.ClassCredit), "pending",
                begun.Amount.Currency.Code, begun.Amount.Amount, Captured: 0, Refunded: 0, Disputed: 0, begun.Card?.Brand, begun.Card?.Last4, SettlingAttempts: 1, begun.On, at, FailureCode: null,
                begun.PaymentMethodId?.Value, begun.Provider, ProviderReference: null, happened.Version, happened.Position, at, at),
            PaymentRetried again => row! with
            {
                Status = "pending", SettlingAttempts = again.Attempt, LastAttemptOn = again.On, LastAttemptAt = at,
                PaymentMethodId = again.PaymentMethodId?.Value, Provider = again.Provider,
            },
            PaymentAuthorized held => row! with { Status = "authorized", FailureCode = null, ProviderReference = held.ProviderReference },
            PaymentCaptured captured => row! with
            {
                Status = "captured", FailureCode = null, ProviderReference = captured.ProviderReference,
                Captured = captured.Amount?.Amount ?? row.Amount, Provider = captured.Provider ?? row.Provider,
            },
            PaymentFailed failed => row! with { Status = "failed", FailureCode = failed.Code, ProviderReference = failed.ProviderReference },
            PaymentOutcomeUnknown => row! with { Status = "outcome_unknown" },
            PaymentCancelled => row! with { Status = "cancelled" },
            PaymentRefunded refunded => row! with
            {
                Refunded = refunded.Refunded.Amount, Status = refunded.Refunded.Amount >= row.Captured ? "refunded" : "partially_refunded",
            },
            PaymentDisputed disputed => row! with { Disputed = row.Disputed + disputed.Amount.Amount },
            PaymentDisputeChanged changed => row! with { Disputed = row.Disputed + changed.Change.Amount },
            PaymentDisputeClosed { IsWon: true } closed => row! with { Disputed = row.Disputed - closed.Amount.Amount },
            PaymentDisputeClosed or PaymentCaptureRequested or PaymentCancelRequested or PaymentRefundReserved or PaymentRefundReleased => row!,
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
        return after with { Version = happened.Version, UpdatedAt = at };
    }

    private static Guid? IdOf(Purchase? bought, PurchaseKind kind) => bought is { } one && one.Kind == kind ? one.Id : null;
}

public sealed record PaymentRow(
    string TenantId, Guid Id, Guid? InvoiceId, Guid? CustomerId, Guid? SubscriptionId, Guid? OrderId, Guid? BookingId, Guid? ClassCreditId,
    string Status, string Currency, long Amount, long Captured, long Refunded, long Disputed, string? CardBrand, string? CardLast4,
    int SettlingAttempts, LocalDate LastAttemptOn, Instant LastAttemptAt, string? FailureCode, Guid? PaymentMethodId, string? Provider,
    string? ProviderReference, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
