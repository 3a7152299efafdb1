using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests;

/// <summary>A bakery in Reykjavík, a customer with a card, and bread every month: 2 × 7500 kr. from 1 November 2025.</summary>
internal static class Examples
{
    public static readonly TenantId Bakery = TenantId.From(Number(1));
    public static readonly CustomerId Jon = CustomerId.From(Number(2));
    public static readonly CustomerId Anna = CustomerId.From(Number(3));
    public static readonly PaymentMethodId Visa = PaymentMethodId.From(Number(4));
    public static readonly PaymentMethodId Amex = PaymentMethodId.From(Number(5));
    public static readonly PaymentMethodId Maestro = PaymentMethodId.From(Number(6));
    public static readonly ProductId Bread = ProductId.From(Number(7));
    public static readonly ProductVariationId Rye = ProductVariationId.From(Number(8));
    public static readonly SubscriptionId Breads = SubscriptionId.From(Number(9));
    public static readonly Currency Krona = Currency.Parse("ISK");
    public static readonly LocalDate Start = new(2025, 11, 1);

    public static readonly TenantCreated BakeryCreated = new(
        Bakery, "Bakery", TenantMode.Live, Krona, Zone("Atlantic/Reykjavik"), PricesIncludeTax: true, [Frequency.Monthly], DunningSettings.Default);

    public static readonly CustomerCreated JonCreated = new(Jon, "cust-journey-42", "journey-42");
    public static readonly ProductCreated BreadCreated = new(Bread, "Bread");
    public static readonly ProductVariationCreated RyeCreated = new(Rye, Bread, "Rye bread", [Isk(7500), Usd(60)], Rate("0.24"));
    public static readonly DefaultPaymentMethodChanged VisaIsDefault = new(Visa, Jon);
    public static readonly SubscriptionItem TwoRye = new(Number(10), Rye, "Rye bread", 2, Isk(7500), Rate("0.24"), IsPriceFrozen: false);
    public static readonly SubscriptionCreated Created = new(Breads, Jon, Start, Frequency.Monthly, Krona);
    public static readonly SubscriptionItemsReplaced WithItems = new(Breads, [TwoRye]);
    public static readonly SubscriptionActivated Activated = new(Breads, Start, IsDue: true);

    public static StreamId JonsWallet { get; } = WalletStream.Of(Jon);

    public static Guid Number(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public static PaymentMethodAdded Added(PaymentMethodId id) => new(id, Jon, "mock", $"tok_{id.Value.ToString()[..8]}", "visa", "4242", 12, 2030);

    /// <summary>All of it, with the subscription active and nothing billed yet.</summary>
    public static JointScenario Shop() => Pending().And(JonsWallet, Added(Visa), VisaIsDefault).And(Breads.Stream, Activated);

    /// <summary>The shop while the customer has no card: the subscription waits for one.</summary>
    public static JointScenario Pending() => JointScenario
        .Given(Bakery.Stream, BakeryCreated)
        .And(Jon.Stream, JonCreated)
        .And(Bread.Stream, BreadCreated)
        .And(Rye.Stream, RyeCreated)
        .And(Breads.Stream, Created, WithItems);

    /// <summary>The shop after its first invoice was paid: November.</summary>
    public static JointScenario PaidShop() => Shop().After(Bill("2025-11-01")).After(Capture("2025-11-01", "2025-11-01"));

    /// <summary>The shop after the first attempt to collect November failed.</summary>
    public static JointScenario LateShop() => Shop().After(Bill("2025-11-01")).After(Decline("2025-11-01", "2025-11-01"));

    public static BillSubscription Bill(string on) => new(Breads, Bakery, Day(on));

    public static ChaseSubscription Chase(string on) => new(Breads, Bakery, Day(on));

    public static RecordCharge Capture(string periodFrom, string on, int attempt = 1) =>
        new(PaymentOf(periodFrom), Bakery, attempt, new ChargeResult("ch_1"), Day(on));

    public static RecordCharge Decline(string periodFrom, string on, int attempt = 1) =>
        new(PaymentOf(periodFrom), Bakery, attempt, new ChargeResult("ch_1", "card_declined"), Day(on));

    public static InvoiceId InvoiceOf(string periodFrom) => InvoiceId.ForPeriod(Breads, Day(periodFrom));

    public static PaymentId PaymentOf(string periodFrom) => PaymentId.ForInvoice(InvoiceOf(periodFrom));

    public static BillingPeriod Days(string from, string until) => new(Day(from), Day(until));

    public static Subscription.Known Breadly(this JointScenario scenario) =>
        (Subscription.Known)scenario.Ledger.State<Subscription, SubscriptionEvent>(Breads.Stream);
}
