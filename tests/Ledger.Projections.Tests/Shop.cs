using Ledger.EventStore.Events;
using Ledger.EventStore.Projecting;

namespace Ledger.Projections.Tests;

/// <summary>Some ids, events about them, and what a view makes of events.</summary>
internal static class Shop
{
    public const string Tenant = "iceland";

    public static readonly Instant Now = Instant.FromUtc(2025, 11, 1, 12, 0);
    public static readonly LocalDate Start = new(2025, 11, 1);
    public static readonly CustomerId Jon = new(Number(2));
    public static readonly SubscriptionId Bread = new(Number(9));
    public static readonly PaymentMethodId Visa = new(Number(4)), Amex = new(Number(5));
    public static readonly InvoiceId NovembersInvoice = new(Number(20));
    public static readonly PaymentId NovembersPayment = new(Number(21));
    public static readonly BillingPeriod November = new(Start, Start.PlusMonths(1));

    public static Guid Number(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public static Money Isk(long amount) => new(amount, Currency.Parse("ISK"));

    public static PaymentMethodAdded Added(PaymentMethodId id, int year) => new(id, Jon, "mock", "tok", "visa", "4242", 12, year);

    public static SubscriptionCreated Created(Frequency frequency) => new(Bread, Jon, Start, frequency, Currency.Parse("ISK"));

    public static SubscriptionItemsReplaced Items(long price, int quantity = 1) =>
        new(Bread, [new(Number(10), null, "Bread", quantity, Isk(price), TaxRate.Parse("0.24"), IsPriceFrozen: true)]);

    public static InvoiceIssued Issued(long total = 15000) => new(
        NovembersInvoice, Jon, Bread, November, [], PricesIncludeTax: true, Isk(total), Isk(0), Isk(total), Start, Start, Number: 7);

    public static PaymentInitiated Begun(long amount = 15000) => new(NovembersPayment, NovembersInvoice, Jon, Bread, Isk(amount), Visa, "mock", Start);

    /// <summary>The row after events of one stream; null for none.</summary>
    public static TRow? Fold<TRow>(View<TRow> view, StreamId stream, params IEvent[] events) where TRow : class
    {
        TRow? row = null;
        var version = 0;
        foreach (var one in events)
        {
            version++;
            var happened = new StoredEvent(
                100 + version, Guid.CreateVersion7(), Tenant, stream, version, "", one, new(1, Now + Duration.FromDays(version), "test", "test"), "run", null, Now);
            foreach (var id in view.Touched(happened)) row = view.After(row, id, happened);
        }

        return row;
    }
}
