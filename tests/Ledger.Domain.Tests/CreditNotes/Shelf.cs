using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.CreditNotes;

/// <summary>A customer with a card, three things on the shelf, and coupons, in a currency and with rates of tax of one's own.</summary>
internal sealed class Shelf
{
    private int ids = 700;
    private TenantSettingsChanged settings;

    public Shelf(string currency = "USD", bool pricesIncludeTax = false, bool couponsStack = false)
    {
        Currency = Currency.Parse(currency);
        settings = new(Bakery, "Bakery", Currency, DateTimeZone.Utc, pricesIncludeTax, [Frequency.Monthly], CouponsStack: couponsStack);
        Ledger.Append(Bakery.Stream, BakeryCreated with { Currency = Currency }, settings);
        Ledger.Append(Jon.Stream, JonCreated);
        Ledger.Append(JonsWallet, Added(Visa), VisaIsDefault);
    }

    public MemoryLedger Ledger { get; } = new();

    public Currency Currency { get; }

    public Subscription.Known State => (Subscription.Known)Ledger.State<Subscription, SubscriptionEvent>(Breads.Stream);

    public Tenant.Known Tenant => (Tenant.Known)Ledger.State<Tenant, TenantEvent>(Bakery.Stream);

    public IEnumerable<IEvent> Log => Ledger.Log.Select(one => one.Event);

    public static ProductVariationId Variation(int number) => ProductVariationId.From(Number(40 + number));

    public static CouponId Coupon(int number) => CouponId.From(Number(60 + number));

    public Money Amount(long units) => new(units, Currency);

    public Guid NextId() => Number(ids++);

    public Shelf Sells(int number, long price, string rate)
    {
        Ledger.Append(Variation(number).Stream, new ProductVariationCreated(Variation(number), Bread, $"Item {number}", [Amount(price)], Rate(rate)));
        return this;
    }

    public Shelf Offers(int number, string? percentage = null, Money? amount = null, int? charges = null, params int[] goodFor)
    {
        Ledger.Append(Coupon(number).Stream, new CouponCreated(Coupon(number), $"C{number}", new(
            percentage is null ? null : Rate(percentage), amount, null, null, null, null, charges, [.. goodFor.Select(one => Variation(one).Value)])));
        return this;
    }

    public void PricesIncludeTax(bool value) => Ledger.Append(Bakery.Stream, settings = settings with { PricesIncludeTax = value });

    public void RateIs(int number, string rate) =>
        Ledger.Append(Variation(number).Stream, new ProductVariationChanged(Variation(number), $"Item {number}", Rate(rate)));

    public void PriceIs(int number, long price) => Ledger.Append(Variation(number).Stream, new ProductPriceChanged(Variation(number), [Amount(price)]));

    /// <param name="items">Such as <c>1</c>, or <c>2x1 3</c>: how many of which.</param>
    public WantedItem[] Items(string items) => [.. items.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('x') switch
    {
        [var which] => new WantedItem(NextId(), Variation(int.Parse(which, null)), null, 1, null, null),
        [var many, var which] => new WantedItem(NextId(), Variation(int.Parse(which, null)), null, int.Parse(many, null), null, null),
        _ => throw new FormatException(items),
    })];

    public void Subscribe(string items, LocalDate start, string frequency = "monthly", int? billingDay = null, params int[] coupons) => Run(
        new CreateSubscription(
            Breads, Bakery, Jon, start, Frequency.Parse(frequency), Currency, Items(items), null, null, null, start, null, billingDay)
        {
            Coupons = [.. coupons.Select(Coupon)],
        });

    public ChangeSubscriptionNow Now(LocalDate on, string? items = null, string? frequency = null) => new(
        Breads, Bakery, items is null ? null : Items(items), frequency is null ? null : Frequency.Parse(frequency), on);

    /// <summary>Bills all that is due up to a day, each charge captured before the next; and says what was billed.</summary>
    public IReadOnlyList<InvoiceIssued> Bill(LocalDate on)
    {
        var before = Ledger.Log.Count;
        while (Ledger.Run(new BillSubscription(Breads, Bakery, on)).Events.Count > 0) Capture(on);
        return [.. Log.Skip(before).OfType<InvoiceIssued>()];
    }

    public void Capture(LocalDate on)
    {
        if (Log.OfType<PaymentInitiated>().LastOrDefault() is { } begun) _ = Ledger.Run(new RecordCharge(begun.Id, Bakery, 1, new ChargeResult("ch"), on));
    }

    public IReadOnlyList<IEvent> Run(IJointCommand command)
    {
        var before = Ledger.Log.Count;
        Ledger.Run(command).Rejection.ShouldBeNull();
        return [.. Log.Skip(before)];
    }

    /// <summary>The money of every refund that is under way goes back.</summary>
    public IReadOnlyList<CreditNoteIssued> SendRefunds(LocalDate on)
    {
        var before = Ledger.Log.Count;
        foreach (var asked in Log.OfType<RefundRequested>().ToList()) _ = Ledger.Run(new RecordRefund(asked.Id, new RefundResult("re"), on));
        return [.. Log.Skip(before).OfType<CreditNoteIssued>()];
    }

    /// <summary>Stopped at once, and what was charged for the days that are left sent back: the credit notes of it.</summary>
    public IReadOnlyList<CreditNoteIssued> CancelWithRefund(LocalDate on)
    {
        var notes = Run(new CancelAndRefundSubscription(Breads, Bakery, null, "a", IsApproved: true, on)).OfType<CreditNoteIssued>().ToList();
        return [.. notes, .. SendRefunds(on)];
    }

    /// <summary>What a document says, line by line with its tax, and in all: <c>15.00+3.60 = 18.60</c>.</summary>
    public static string Figures(CreditNoteIssued note) =>
        $"{string.Join(' ', note.Lines.Select(line => $"{line.Net.ToDecimalString()}+{line.Tax.ToDecimalString()}"))} = {note.Total.ToDecimalString()}";
}
