using System.Globalization;
using Ledger.Domain.Payments;

namespace Ledger.Projections.Payments;

/// <summary>Every attempt to collect a payment that was answered, one row each.</summary>
public sealed class PaymentAttemptView : View<PaymentAttemptRow>
{
    public override string Name => "payment_attempts";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, payment_id uuid not null, attempt int not null, outcome text not null, failure_code text,
        is_hard boolean not null, attempted_on date not null, answered_at timestamptz not null, caused_by text,
        created_position bigint not null
        """;

    public override IReadOnlyList<string> Indexes =>
        ["(tenant_id, payment_id, attempt)", "(tenant_id, attempted_on)", "(tenant_id, caused_by)"];

    public override IReadOnlyList<string> Streams => ["payment"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event switch
    {
        PaymentCaptured captured => [RowId(captured.Id, captured.Attempt)],
        PaymentFailed failed => [RowId(failed.Id, failed.Attempt)],
        _ => [],
    };

    public override PaymentAttemptRow? After(PaymentAttemptRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        PaymentCaptured captured => new(
            happened.Tenant, id, captured.Id.Value, captured.Attempt, "captured", FailureCode: null, IsHard: false, captured.On,
            happened.Headers.EffectiveAt, happened.CorrelationId, happened.Position),
        PaymentFailed failed => new(
            happened.Tenant, id, failed.Id.Value, failed.Attempt, "failed", failed.Code, failed.IsHard, failed.On,
            happened.Headers.EffectiveAt, happened.CorrelationId, happened.Position),
        _ => throw new UnreachableException(),
    };

    private static Guid RowId(PaymentId payment, int attempt) =>
        DerivedId.Of(payment.Value, attempt.ToString(CultureInfo.InvariantCulture));
}

public sealed record PaymentAttemptRow(
    string TenantId, Guid Id, Guid PaymentId, int Attempt, string Outcome, string? FailureCode, bool IsHard, LocalDate AttemptedOn,
    Instant AnsweredAt, string? CausedBy, long CreatedPosition);
