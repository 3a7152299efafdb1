using Ledger.Domain.Orders;

namespace Ledger.Projections.Orders;

/// <summary>Every order.</summary>
public sealed class OrderView : View<OrderRow>
{
    public override string Name => "orders";

    public override int Version => 4;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_id uuid, receiver_id uuid, subscription_id uuid, status text not null,
        currency text not null, amount bigint not null, paid bigint not null, items jsonb, is_gift boolean not null, ordered_on date not null, delivery_on date,
        payment_id uuid, failure_code text, external_id text, metadata jsonb, of_period uuid, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position) include (created_at)", "(tenant_id, ordered_on, created_position)", "(tenant_id, customer_id, created_position)", "(tenant_id, subscription_id, created_position)",
        "(tenant_id, status, created_position)",
    ];

    public override IReadOnlyList<string> Streams => ["order"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is OrderEvent ? [happened.Stream.Id] : [];

    public override OrderRow? After(OrderRow? row, Guid id, StoredEvent happened)
    {
        var after = happened.Event switch
        {
            OrderCreated made => Create(made, id, happened),
            OrderChanged changed => row! with
            {
                ReceiverId = changed.ReceiverId?.Value, IsGift = changed.IsGift, ExternalId = changed.ExternalId,
                Metadata = Json.Of(changed.Metadata),
            },
            OrderItemsReplaced replaced => row! with { Items = Json.Of(replaced.Items), Amount = replaced.Amount.Amount },
            OrderLinkedToSubscription linked => row! with { SubscriptionId = linked.SubscriptionId.Value },
            OrderDeliveryDateChanged moved => row! with { DeliveryOn = moved.DeliveryOn },
            OrderPaymentBegun begun => row! with { PaymentId = begun.PaymentId.Value },
            OrderPaid paid => row! with { Status = "paid", Paid = row.Amount, PaymentId = paid.PaymentId?.Value, FailureCode = null },
            OrderPartiallyPaid part => row! with
            {
                Status = "partially_paid", Paid = row.Paid + part.Amount.Amount, PaymentId = part.PaymentId?.Value ?? row.PaymentId, FailureCode = null,
            },
            OrderFailed failed => row! with { Status = row.Status is "partially_paid" ? row.Status : "failed", FailureCode = failed.Code },
            OrderRefunded => row! with { Status = "refunded" },
            OrderCancelled => row! with { Status = "cancelled" },
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
        return after with { Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt };
    }

    private static OrderRow Create(OrderCreated made, Guid id, StoredEvent happened) => new(
        happened.Tenant, id, made.CustomerId?.Value, made.ReceiverId?.Value, made.SubscriptionId?.Value, "created", made.Amount.Currency.Code,
        made.Amount.Amount, Paid: 0, made.Items.Count == 0 ? null : Json.Of(made.Items), made.IsGift, made.On, made.DeliveryOn, PaymentId: null,
        FailureCode: null, made.ExternalId, Json.Of(made.Metadata), made.InvoiceId?.Value, happened.Version, happened.Position, happened.Headers.EffectiveAt,
        happened.Headers.EffectiveAt);
}

/// <param name="Items">Null for an order of an amount alone.</param>
/// <param name="OfPeriod">The invoice of the subscription's period that it is of.</param>
public sealed record OrderRow(
    string TenantId, Guid Id, Guid? CustomerId, Guid? ReceiverId, Guid? SubscriptionId, string Status, string Currency, long Amount, long Paid,
    [property: JsonColumn] string? Items, bool IsGift, LocalDate OrderedOn, LocalDate? DeliveryOn, Guid? PaymentId, string? FailureCode,
    string? ExternalId, [property: JsonColumn] string? Metadata, Guid? OfPeriod, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
