using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Decisions.Json;
using Ledger.EventStore.Events;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Properties;

public class CommandProperties
{
    private static readonly EventJson Log = new(new EventTypes(typeof(Tenant).Assembly));
    /// <summary>Without these most else is refused.</summary>
    private static readonly Type[] Beginnings =
    [
        typeof(CreateTenant), typeof(CreateCustomer), typeof(CreateProduct), typeof(CreateProductVariation), typeof(AddPaymentMethod),
        typeof(CreateSubscription), typeof(CreateClassPackage), typeof(CreateClassSession), typeof(CompleteIntakeProfile), typeof(BookClass),
        typeof(IssueClassCredit), typeof(CreateOrder), typeof(PayOrder), typeof(RecordCharge),
    ];

    private static readonly Arbitrary<int> AnySeed = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Every_command_is_among_the_wishes()
    {
        var commands = typeof(Tenant).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.GetInterfaces().Any(
            one => one == typeof(IJointCommand) || (one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICommand<,>))));
        AnyWish.ByType.Keys.Select(type => type.Name).Order().ShouldBe(commands.Select(type => type.Name).Order());
    }

    [Fact]
    public void The_same_command_twice_is_the_same_command_once() => Prop.ForAll(AnySeed, seed =>
    {
        _ = Live(seed, (ledger, wish) =>
        {
            // A period that the balance has paid is settled, and the next one may be due as well.
            if (wish.Type == typeof(BillSubscription) && ledger.Log[^1].Event is InvoicePaid) return;
            var before = ledger.Log.Count;
            _ = wish.Run(ledger);
            EventText.Of(ledger.Log.Skip(before).Select(one => one.Event)).ShouldBeEmpty($"{wish.Type.Name}, seed {seed}");
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_command_comes_to_be_granted()
    {
        var granted = new HashSet<Type>();
        for (var seed = 0; seed < 3000 && granted.Count < AnyWish.ByType.Count - 1; seed++)
            _ = Live(seed, (_, _) => { }, (_, wish) => granted.Add(wish.Type));

        // Cancelling a booking gives its class back: by hand that is left for bookings that earlier versions cancelled.
        AnyWish.ByType.Keys.Except(granted).ShouldBe([typeof(RefundClassCredit)]);
    }

    [Fact]
    public void Folding_in_two_halves_is_folding_whole() => Prop.ForAll(AnySeed, seed =>
    {
        foreach (var stream in Live(seed, (_, _) => { }).Log.GroupBy(one => one.Stream, one => one.Event))
            HalvesFold(stream.Key.Category, [.. stream], new Picker(seed));
    }).QuickCheckThrowOnFailure();

    private static void HalvesFold(string category, IEvent[] events, Picker pick)
    {
        Action<IEvent[], Picker> check = category switch
        {
            "tenant" => HalvesFold<Tenant, TenantEvent>,
            "provider_config" => HalvesFold<ProviderConfig, ProviderConfigEvent>,
            "notification_settings" => HalvesFold<NotificationSettings, NotificationSettingsEvent>,
            "notification_preferences" => HalvesFold<NotificationPreferences, NotificationPreferencesEvent>,
            "notification" => HalvesFold<Notification, NotificationEvent>,
            "webhook_endpoint" => HalvesFold<WebhookEndpoint, WebhookEndpointEvent>,
            "api_key" => HalvesFold<ApiKey, ApiKeyEvent>,
            "merchant" => HalvesFold<Merchant, MerchantEvent>,
            "outside_issuer" => HalvesFold<OutsideIssuer, OutsideIssuerEvent>,
            "user" => HalvesFold<User, UserEvent>,
            "customer" => HalvesFold<Customer, CustomerEvent>,
            "product" => HalvesFold<Product, ProductEvent>,
            "product_label" => HalvesFold<ProductLabel, ProductLabelEvent>,
            "product_variation" => HalvesFold<ProductVariation, ProductVariationEvent>,
            "setup_session" => HalvesFold<SetupSession, SetupSessionEvent>,
            "wallet" => HalvesFold<Wallet, WalletEvent>,
            "subscription" => HalvesFold<Subscription, SubscriptionEvent>,
            "invoice" => HalvesFold<Invoice, InvoiceEvent>,
            "export" => HalvesFold<Export, ExportEvent>,
            "coupon" => HalvesFold<Coupon, CouponEvent>,
            "credit_note" => HalvesFold<CreditNote, CreditNoteEvent>,
            "customer_balance" => HalvesFold<CustomerBalance, BalanceEvent>,
            "refund" => HalvesFold<Refund, RefundEvent>,
            "loyalty_account" => HalvesFold<LoyaltyAccount, LoyaltyAccountEvent>,
            "reward" => HalvesFold<Reward, RewardEvent>,
            "reward_redemption" => HalvesFold<RewardRedemption, RewardRedemptionEvent>,
            "payment" => HalvesFold<Payment, PaymentEvent>,
            "order" => HalvesFold<Order, OrderEvent>,
            "payment_intent" => HalvesFold<PaymentIntent, PaymentIntentEvent>,
            "known_provider_subject" => HalvesFold<KnownProviderSubject, ProviderSubjectEvent>,
            "taken_provider_event" => HalvesFold<TakenProviderEvent, ProviderEvent>,
            "class_package" => HalvesFold<ClassPackage, ClassPackageEvent>,
            "class_session" => HalvesFold<ClassSession, ClassSessionEvent>,
            "class_credit" => HalvesFold<ClassCredit, ClassCreditEvent>,
            "intake_profile" => HalvesFold<IntakeProfile, IntakeProfileEvent>,
            "booking" => HalvesFold<Booking, BookingEvent>,
            "billing_run" => HalvesFold<BillingRun, BillingRunEvent>,
            "clock_advance" => HalvesFold<ClockAdvance, ClockAdvanceEvent>,
            _ => throw new ArgumentException($"{category} is not folded here.", nameof(category)),
        };
        check(events, pick);
    }

    /// <summary>The second half as it comes back from the log, as when a kept state is brought up to date.</summary>
    private static void HalvesFold<TState, TEvent>(IEvent[] events, Picker pick) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        var cut = pick.Int(0, events.Length);
        var whole = events.Cast<TEvent>().Aggregate(TState.Initial, TState.Evolve);
        var half = events[..cut].Cast<TEvent>().Aggregate(TState.Initial, TState.Evolve);
        var later = events[cut..].Select(Log.Write).Select(stored => (TEvent)Log.Read(stored.Name, stored.Json));
        Text(later.Aggregate(half, TState.Evolve)).ShouldBe(Text(whole));
    }

    private static string Text(object state) => $"{state.GetType().Name} {JsonSerializer.Serialize(state, state.GetType(), LedgerJson.Options)}";

    /// <summary>Three hundred wishes, over some months.</summary>
    internal static MemoryLedger Live(int seed, Action<MemoryLedger, Wish> afterEach, Action<MemoryLedger, Wish>? granted = null)
    {
        var pick = new Picker(seed);
        var ledger = new MemoryLedger();
        var today = Start;
        foreach (var type in Beginnings)
            for (var tries = 0; tries < 5; tries++) Ask(AnyWish.ByType[type](pick, today, ledger));
        for (var i = 0; i < 300; i++)
        {
            if (pick.Chance(30)) today = today.PlusDays(pick.One(1, 1, 2, 9, 31));
            var wish = AnyWish.Next(pick, today, ledger);
            Ask(wish);
            afterEach(ledger, wish);
        }

        return ledger;

        void Ask(Wish wish)
        {
            if (wish.Run(ledger).Events.Count > 0) granted?.Invoke(ledger, wish);
        }
    }
}
