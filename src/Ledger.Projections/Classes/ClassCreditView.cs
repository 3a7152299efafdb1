using Ledger.Domain.Classes;

namespace Ledger.Projections.Classes;

/// <summary>Every class credit, with the classes that are left of it.</summary>
public sealed class ClassCreditView : View<ClassCreditRow>
{
    public override string Name => "class_credits";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_id uuid not null, class_package_id uuid not null, package_name text not null,
        transaction_id uuid not null, payment_id text not null, currency text not null, amount_paid bigint not null, total int not null,
        remaining int not null, value_left bigint not null, status text not null, purchased_on date not null, expires_at timestamptz not null,
        version bigint not null, created_position bigint not null, created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position)", "(tenant_id, customer_id, created_position)", "(tenant_id, status, created_position)",
        "(tenant_id, customer_id, expires_at) where status = 'active'", "(tenant_id, expires_at) where status = 'active'",
    ];

    public override IReadOnlyList<string> Streams => ["class_credit"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ClassCreditEvent ? [happened.Stream.Id] : [];

    public override ClassCreditRow? After(ClassCreditRow? row, Guid id, StoredEvent happened)
    {
        var after = happened.Event is ClassCreditIssued issued ? Begin(issued, happened) : Change(row!, (ClassCreditEvent)happened.Event);
        return after with { Status = StatusOf(after), Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt };
    }

    private static ClassCreditRow Begin(ClassCreditIssued issued, StoredEvent happened) => new(
        happened.Tenant, issued.Id.Value, issued.CustomerId.Value, issued.ClassPackageId.Value, issued.PackageName, issued.PaymentId.Value,
        issued.OutsidePaymentId, issued.AmountPaid.Currency.Code, issued.AmountPaid.Amount, issued.Classes, issued.Classes,
        issued.AmountPaid.Amount, "active", issued.On, issued.ExpiresAt, happened.Version, happened.Position, happened.Headers.EffectiveAt,
        happened.Headers.EffectiveAt);

    private static ClassCreditRow Change(ClassCreditRow row, ClassCreditEvent happened) => happened switch
    {
        ClassCreditUsed used => row with { Remaining = row.Remaining - 1, ValueLeft = row.ValueLeft - used.Value.Amount },
        ClassCreditRefunded refunded => row with { Remaining = row.Remaining + 1, ValueLeft = row.ValueLeft + refunded.Value.Amount },
        ClassCreditAdjusted adjusted => row with
        {
            Total = row.Total + adjusted.Classes, Remaining = row.Remaining + adjusted.Classes, ValueLeft = row.ValueLeft - adjusted.ValueDropped.Amount,
        },
        ClassCreditVoided voided => row with
        {
            Total = row.Total - voided.Classes, Remaining = row.Remaining - voided.Classes, ValueLeft = row.ValueLeft - voided.Value.Amount,
        },
        ClassCreditExpired expired => row with { Status = "expired", ValueLeft = row.ValueLeft - expired.Value.Amount },
        _ => throw new UnreachableException($"{happened.GetType().Name} has no arm here."),
    };

    private static string StatusOf(ClassCreditRow row) =>
        row.Status is "expired" ? "expired" : row.Remaining > 0 ? "active" : row.Total > 0 ? "used_up" : "void";
}

/// <param name="TransactionId">The payment, by our id.</param>
/// <param name="PaymentId">The payment, as the system that took the money calls it.</param>
public sealed record ClassCreditRow(
    string TenantId, Guid Id, Guid CustomerId, Guid ClassPackageId, string PackageName, Guid TransactionId, string PaymentId, string Currency,
    long AmountPaid, int Total, int Remaining, long ValueLeft, string Status, LocalDate PurchasedOn, Instant ExpiresAt, long Version,
    long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
