using Ledger.Domain.Bookings;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Projections.Figures;

/// <summary>All that the reports count.</summary>
public sealed class LedgerFigures : FigureView<KnownThing>
{
    public const string View = "figures";

    public override string Name => View;

    public override int Version => 3;

    public override IReadOnlyList<string> Streams { get; } =
        ["tenant", "customer", "subscription", "payment", "invoice", "credit_note", "refund", "order", "booking", "loyalty_account"];

    public override IEnumerable<Guid> Needs(StoredEvent happened) => happened.Event switch
    {
        PaymentInitiated { SubscriptionId: { } subscription } => [happened.Stream.Id, subscription.Value, TenantOf(happened)],
        TenantEvent or InvoiceEvent or RefundEvent or BookingEvent or LoyaltyAccountEvent or PaymentEvent => [happened.Stream.Id, TenantOf(happened)],
        SubscriptionCreated made => [happened.Stream.Id, made.CustomerId.Value, TenantOf(happened)],
        SubscriptionPastDue late => [happened.Stream.Id, late.PaymentId.Value, TenantOf(happened)],
        SubscriptionEvent => [happened.Stream.Id, TenantOf(happened)],
        CustomerEvent or CreditNoteIssued or OrderEvent => [TenantOf(happened)],
        _ => [],
    };

    public override Guid? ParentOf(KnownThing state) => state is KnownSubscription { Customer: var customer } ? customer : null;

    public override IEnumerable<Figure> Count(StoredEvent happened, IFigureStates<KnownThing> states) => happened.Event switch
    {
        TenantEvent one => LearnZone(one, happened, states),
        CustomerCreated => [new(Measure.Customers, "known", "", 1, 0)],
        CustomerDeleted => [new(Measure.Customers, "known", "", -1, 0)],
        SubscriptionEvent one => SubscriptionFigures.Of(one, happened, states, DayOf(happened, states)),
        PaymentEvent one => PaymentFigures.Of(one, happened, states),
        InvoiceEvent one => InvoiceFigures.Of(one, happened.Stream.Id, states),
        CreditNoteIssued one => InvoiceFigures.Of(one),
        RefundEvent one => RefundFigures.Of(one, happened.Stream.Id, states),
        OrderEvent one => OrderFigures(one),
        BookingEvent one => BookingFigures.Of(one, happened, states),
        LoyaltyAccountEvent one => LoyaltyFigures.Of(one, happened.Stream.Id, states),
        _ => [],
    };

    public override LocalDate DayOf(StoredEvent happened, IFigureStates<KnownThing> states) =>
        states[TenantOf(happened)] is KnownTenant { Zone: var zone }
            ? BusinessTime.DateOf(happened.Headers.EffectiveAt, DateTimeZoneProviders.Tzdb[zone])
            : happened.Headers.EffectiveAt.InUtc().Date;

    public override string Write(KnownThing state) => JsonSerializer.Serialize(state, LedgerJson.Options);

    public override KnownThing Read(string text) => JsonSerializer.Deserialize<KnownThing>(text, LedgerJson.Options)!;

    /// <summary>Of things made by a customer, or for one by somebody else.</summary>
    internal static string MadeBy(StoredEvent happened) => happened.Headers.ActorKind == "customer" ? Measure.ByCustomer : Measure.ByOthers;

    private static Guid TenantOf(StoredEvent happened) => Guid.TryParse(happened.Tenant, out var id) ? id : Guid.Empty;

    private static IEnumerable<Figure> LearnZone(TenantEvent @event, StoredEvent happened, IFigureStates<KnownThing> states)
    {
        if ((@event as TenantCreated)?.Zone is { } first) states[happened.Stream.Id] = new KnownTenant(first.Id);
        if ((@event as TenantSettingsChanged)?.Zone is { } other) states[happened.Stream.Id] = new KnownTenant(other.Id);
        return [];
    }

    private static IEnumerable<Figure> OrderFigures(OrderEvent @event) => @event switch
    {
        OrderCreated made => [new(Measure.Orders, "created", made.Amount.Currency.Code, 1, made.Amount.Amount)],
        OrderPartiallyPaid { InvoiceId: null } part => [new(Measure.Orders, "paid", part.Amount.Currency.Code, 0, part.Amount.Amount)],
        OrderPaid paid => [new(Measure.Orders, "paid", paid.Amount.Currency.Code, 1, paid.Amount.Amount)],
        OrderCancelled => [new(Measure.Orders, "cancelled", "", 1, 0)],
        _ => [],
    };
}
