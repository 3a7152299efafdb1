using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Events;

/// <summary>One of every event, with all that it can say. The values never change, as the files beside them never do.</summary>
internal static class EventSamples
{
    private static readonly Dictionary<string, string> Metadata = new() { ["shop"] = "Laugavegur 1" };
    private static readonly InvoiceId Invoice = InvoiceOf("2025-11-01");
    private static readonly PaymentId Payment = PaymentOf("2025-11-01");
    private static readonly LoyaltyAccountId JonsPoints = LoyaltyAccountId.Of(Jon);
    private static readonly ProductLabelId Category = ProductLabelId.From(Number(91)), Tag = ProductLabelId.From(Number(92)), Attribute = ProductLabelId.From(Number(93));
    private static readonly ApiKeyId Key = ApiKeyId.From(Number(11));
    private static readonly WebhookEndpointId Hook = WebhookEndpointId.From(Number(17));
    private static readonly UserId Somebody = UserId.From(Number(15));
    private static readonly Instant Noon = Instant.FromUtc(2025, 11, 1, 12, 0);
    private static readonly BillingRunId Run = BillingRunId.Daily(Bakery, Start);
    private static readonly ClockAdvanceId Advance = ClockAdvanceId.From(Number(12));
    private static readonly SetupSessionId Session = SetupSessionId.From(Number(13));
    private static readonly ClassPackageId Package = ClassPackageId.From(Number(83));
    private static readonly ClassSessionId Class = ClassSessionId.From(Number(84));
    private static readonly BookingId Booking = BookingId.From(Number(85));
    private static readonly PaymentId Outside = PaymentId.TakenOutside(Bakery, "pi_A");
    private static readonly ClassCreditId Credit = ClassCreditId.BoughtBy(Outside);
    private static readonly DateTimeZone Reykjavik = Zone("Atlantic/Reykjavik");
    private static readonly Personal<CustomerDetails> Details = new("AQIDBA==");

    public static readonly SubscriptionCreated SubscriptionCreated =
        new(Breads, Jon, Start, Frequency.Quarterly, Krona, Visa, "sub-1", Metadata);

    public static readonly IReadOnlyList<IEvent> All =
    [
        new TenantCreated(Bakery, "Bakery", TenantMode.Sandbox, Krona, Reykjavik, true, [Frequency.Monthly, new(2, FrequencyUnit.Week)], new(20, 30)),
        new TenantSettingsChanged(Bakery, "Brauð", Krona, Reykjavik, false, [Frequency.Yearly], ["shop.example.is"], 5000, ["https://shop.example.is"], 10, CouponsStack: true),
        new DunningConfigChanged(Bakery, new(5, 10, [1, 8, 4, 7], 7, RetryHardDeclines: true)),
        new DocumentSettingsChanged(Bakery, new(DocumentLanguage.Is, PdfTemplate.Modern, ["Þórsgötu 1", "101 Reykjavík"], "12345")),
        new TenantBrandingChanged(Bakery, "#1a2b3c", new("https://cdn.example.is/bakery.css")),
        new TenantLogoUploaded(Bakery, "f00d", "image/png", 1234),
        new ProviderConfigured(ProviderConfigId.From(Number(16)), ProviderName.Straumur, new("AQIDBA==")),
        new ApiKeyIssued(Key, Bakery, "shop", "lk_live_ab", "f00d", ApiKeyRole.Admin, ["customers:read"], Noon, UserId.From(Number(17))),
        new ApiKeyReplaced(Key, ApiKeyId.From(Number(14)), Noon),
        new ApiKeyRevoked(Key),

        new MerchantRegistered(MerchantId.Of("beef"), "beef", MerchantId.Of("beef").Tenant, MerchantId.Of("beef").User, new("https://m.example.com/hook"), Noon),
        new MerchantAddressProved(MerchantId.Of("beef"), MerchantId.Of("beef").Tenant),
        new OutsideIssuerTrusted(Bakery, new("https://id.example.is", "authenticated", OutsideAlgorithm.Hs256, new("AQIDBA=="), null, true)),
        new OutsideIssuerForgotten(Bakery),
        new WebhookEndpointRegistered(Hook, new("https://shop.example.is/hook"), new(["payment.succeeded"], WebhookFormat.Thin, [5, 300], 5, 100, "the shop"), new("AQIDBA==")),
        new WebhookEndpointChanged(Hook, new("https://shop.example.is/hook"), new([], WebhookFormat.Gateway, [60], 1, 2, "the shop")),
        new WebhookSecretRotated(Hook, new("AQIDBA=="), Noon),
        new WebhookEndpointPaused(Hook),
        new WebhookEndpointResumed(Hook),
        new WebhookEndpointDisabled(Hook, WebhookFault.FailedTooLong),
        new WebhookEndpointRemoved(Hook),
        new NotificationEventConfigured(NotificationSettingsId.Of(Bakery), NotificationType.PointsEarned, IsEnabled: true, [NotificationChannel.Mail, NotificationChannel.Sms]),
        new NotificationSenderChanged(NotificationSettingsId.Of(Bakery), "Brauð", "brauð@example.is"),
        new MessageTemplateCreated(NotificationSettingsId.Of(Bakery), NotificationType.PaymentReceipt, DocumentLanguage.Is, NotificationChannel.Mail, new("Takk", "Takk, {customer_name}", "<p>Takk</p>")),
        new MessageTemplateChanged(NotificationSettingsId.Of(Bakery), NotificationType.CardExpiring, DocumentLanguage.Da, NotificationChannel.Sms, new(null, "{card_last4}"), IsActive: false),
        new NotificationPreferencesChanged(NotificationPreferencesId.Of(Jon), Jon, [NotificationType.PointsEarned], NoSms: true, DocumentLanguage.En),
        new NotificationQueued(NotificationId.From(Number(18)), NotificationType.PaymentReceipt, Jon, Number(19), new("AQIDBA==")),
        new MessageTestRequested(NotificationId.From(Number(18)), NotificationType.PaymentReceipt, NotificationChannel.Mail, new("AQIDBA==")),
        new UserRegistered(Somebody, UserRole.Staff, [Permission.ManageStaff], new("AQIDBA=="), "beef"),
        new UserRightsChanged(Somebody, UserRole.Admin, []),
        new UserDeactivated(Somebody),

        new CustomerCreated(Jon, "cust-journey-42", "journey-42", Details, "beef", true, Metadata),
        new CustomerChanged(Jon, "journey-42", Details, "beef", true, Metadata),
        new CustomerDeleted(Jon),

        new ProductCreated(Bread, "Bread", "bread", "Fresh daily", "sku-1", Metadata),
        new ProductChanged(Bread, "Bread", "bread", "Fresh daily", "sku-1", Metadata),
        new ProductShelved(Bread, new([Category], [Tag], [new(Attribute, "500 g")], [Frequency.Weekly, Frequency.Monthly])),
        new ProductImageUploaded(Bread, "f00d", "image/png", 1234),
        new ProductImageRemoved(Bread, "f00d"),
        new ProductArchived(Bread),
        new ProductLabelCreated(Category, ProductLabelKind.Category, "Breads", "breads"),
        new ProductLabelChanged(Category, "Bread", "bread"),
        new ProductLabelDeleted(Category),
        new ProductVariationCreated(Rye, Bread, "Rye bread", [Isk(7500), Usd(60.5m)], Rate("0.24"), true, "sku-1-rye", Metadata, "loaf"),
        new ProductVariationChanged(Rye, "Rye bread", Rate("0.11"), true, "sku-1-rye", Metadata, "half"),
        new ProductPriceChanged(Rye, [Isk(8000)]),
        new ProductVariationArchived(Rye),

        new PaymentMethodAdded(Visa, Jon, "mock", "tok_1", "visa", "4242", 12, 2030, "fp_1"),
        new DefaultPaymentMethodChanged(Visa, Jon, IsFirst: true),
        new PaymentMethodDeactivated(Visa, Jon),
        new PaymentMethodActivated(Visa, Jon),
        new PaymentMethodRemoved(Visa, Jon),
        new SetupSessionCreated(Session, Jon, "mock", "ses_1", new("https://shop.example.is/cards")),
        new SetupSessionCompleted(Session, Session.PaymentMethod),
        new SetupSessionFailed(Session, "card_declined"),

        SubscriptionCreated with { TrialEndsOn = Day("2025-11-15"), BillingDay = 31, DeliveryOptionId = "3", PaidUntil = Day("2025-12-15") },
        new SubscriptionItemsReplaced(Breads, [TwoRye, TwoRye with { ProductVariationId = null, IsPriceFrozen = true, IsTaxRateFrozen = true }]),
        new SubscriptionActivated(Breads, Start, true),
        new SubscriptionBilled(Breads, Days("2025-11-01", "2025-12-01"), Invoice, Payment, [CouponId.From(Number(450))], Days("2025-11-01", "2025-12-01")),
        new CouponAppliedToSubscription(Breads, CouponId.From(Number(450)), "SAVE20", Save20, Start),
        new CouponCreated(CouponId.From(Number(450)), "SAVE20", Save20, "20% off first month"),
        new CouponChanged(CouponId.From(Number(450)), Save20 with { Percentage = null, Amount = Isk(500) }, "500 off"),
        new ExportRequested(ExportId.From(Number(460)), ExportResource.Payments, ExportFormat.Csv, Start, new(Status: "failed", FromDate: Start, ToDate: Start)),
        new ExportCompleted(ExportId.From(Number(460)), 2, 345, Instant.FromUtc(2025, 11, 2, 12, 0)),
        new ExportFailed(ExportId.From(Number(460)), "too_many_rows"),
        new CouponDeleted(CouponId.From(Number(450))),
        new SubscriptionAdjusted(
            Breads, Days("2025-11-15", "2025-12-01"), Days("2025-11-01", "2025-12-01"),
            [new("Rye bread", 3, Isk(7500), Rate("0.24"), Rye.Value, Isk(100), 1, true)], InvoiceId.ForAdjustment(Breads, 0), Payment,
            [CouponId.From(Number(450))]),
        new SubscriptionPaused(Breads, Start, "Going on vacation", Start),
        new SubscriptionResumed(Breads, Start, Start, true, 31),
        new SubscriptionFrequencyChanged(Breads, Frequency.Weekly, Start, 31),
        new SubscriptionPaymentMethodChanged(Breads, Amex),
        new SubscriptionPastDue(Breads, Invoice, Payment, Start, 5, Day("2025-11-22"), [1, 8, 4, 7], Day("2025-11-08"), RetryHardDeclines: true),
        new SubscriptionAttemptScheduled(Breads, Payment, 3, Day("2025-11-10")),
        new SubscriptionErrored(Breads, Day("2025-11-20")),
        new SubscriptionRecovered(Breads, Day("2025-11-03"), ToHold: true),
        new SubscriptionExpired(Breads, Day("2025-11-21")),
        new SubscriptionCancelScheduled(Breads, Day("2025-12-01"), "moving abroad"),
        new SubscriptionCancelled(Breads, Day("2025-12-01"), "moving abroad", Day("2025-12-01")),
        new SubscriptionReactivated(Breads, Day("2025-12-09"), Day("2025-12-09"), true, 31),

        new InvoiceIssued(
            Invoice, Jon, Breads, Days("2025-11-01", "2025-12-01"),
            [new InvoiceLine("Rye bread", 2, Isk(7500), Isk(15000), Rate("0.24"), Isk(12097), Isk(2903), Rye.Value)],
            true, Isk(12097), Isk(2903), Isk(15000), Start, Start, 7, Number(81)),
        new InvoiceDrafted(Invoice, Jon, [Discounted], true, Isk(8065), Isk(1935), Isk(10000), 14, Start),
        new InvoicePartiallyPaid(Invoice, Isk(5000), Start, Payment),
        new InvoiceCancelled(Invoice, [Discounted], Days("2025-11-01", "2025-12-01"), Isk(10000), Start, "by mistake"),
        new InvoiceWrittenOff(Invoice, Isk(10000), Start, "bankrupt"),
        new InvoiceCredited(
            Invoice, Note, Isk(5000), Isk(0), [new(Isk(4032), Isk(968))],
            [new("Oats", Rate("0.11"), Isk(900), Isk(99), Days("2025-11-16", "2025-12-01"))]),
        new CreditNoteIssued(
            Note, Invoice, Jon, CreditDestination.Refund, [new("Rye bread", Rate("0.24"), Isk(4032), Isk(968), Days("2025-11-16", "2025-12-01"))],
            Isk(4032), Isk(968), Isk(5000), Start, "half a month", Number(82), 3),
        new CustomerBalanceAdjusted(BalanceId.Of(Jon), Jon, Number(83), BalanceOperation.Credit, Isk(500), Isk(700), Start, "goodwill"),
        new CustomerBalanceCredited(BalanceId.Of(Jon), Jon, BalanceSource.CreditNote, Note.Value, Isk(500), Isk(700), Start),
        new CustomerBalanceApplied(BalanceId.Of(Jon), Jon, Invoice, Isk(500), Isk(200), Start),
        new RefundRequested(
            ARefund, Payment, Jon, Invoice, new(PurchaseKind.Order, Number(81)), Isk(5000), "00000085-0000-7000-8000-000000000000", Start, "broken", Days("2025-11-15", "2025-12-01"),
            [new(Isk(4032), Isk(968))]),
        new RefundApproved(ARefund, "00000086-0000-7000-8000-000000000000", Start),
        new RefundRejected(ARefund, "00000086-0000-7000-8000-000000000000", Start, "not broken"),
        new RefundSucceeded(ARefund, Payment, Isk(5000), "mock", "re_1", Note, Start),
        new RefundFailed(ARefund, "unknown_charge", Start),
        new InvoicePaid(Invoice, Payment, Isk(15000), Start),
        new InvoiceOverdue(Invoice, Day("2025-11-02")),

        new PaymentInitiated(
            Payment, Invoice, Jon, Breads, Isk(15000), Visa, "mock", Start, new(PurchaseKind.Order, Number(81)), new("tok_1", "visa", "4242"), true),
        new PaymentRetried(Payment, 2, Visa, "mock", Day("2025-11-02"), Isk(12000)),
        new PaymentAuthorized(Payment, 1, "ch_1", Isk(15000), Start),
        new PaymentCaptureRequested(Payment, Isk(12000), Start),
        new PaymentCaptured(Payment, 2, "ch_1", Day("2025-11-02"), Isk(15000), "mock", false),
        new PaymentCancelRequested(Payment, Start, "sold out"),
        new PaymentCancelled(Payment, Start),
        new PaymentRefundReserved(Payment, ARefund, Isk(5000)),
        new PaymentRefundReleased(Payment, ARefund),
        new PaymentRefunded(Payment, ARefund, Isk(5000), Isk(6000), Start),
        new PaymentDisputed(Payment, "dp_1", Isk(15000), "mock", "fraudulent", Start, Isk(20000)),
        new PaymentDisputeChanged(Payment, "dp_1", Isk(15000), Isk(10000), Isk(-5000), "mock", true, Start),
        new PaymentDisputeClosed(Payment, "dp_1", false, Isk(15000), "mock", Start),
        new PaymentFailed(Payment, 1, "card_declined", true, Start, "ch_1"),
        new PaymentOutcomeUnknown(Payment, 1, Start),

        new OrderCreated(AnOrder, Isk(15000), true, [TwoRye], Start, Jon, Anna, true, Day("2025-11-05"), Breads, "web-1", Metadata, Invoice),
        new OrderChanged(AnOrder, Anna, true, "web-1", Metadata),
        new OrderItemsReplaced(AnOrder, Isk(15000), [TwoRye]),
        new OrderLinkedToSubscription(AnOrder, Breads),
        new OrderDeliveryDateChanged(AnOrder, Day("2025-11-05")),
        new OrderPaymentBegun(AnOrder, Payment, Start),
        new OrderPaid(AnOrder, Isk(15000), Start, Payment, Invoice),
        new OrderPartiallyPaid(AnOrder, Isk(5000), Start, Payment, Invoice),
        new OrderFailed(AnOrder, Payment, "card_declined", Start),
        new OrderRefunded(AnOrder, ARefund, Start),
        new OrderCancelled(AnOrder, Start, "sold out"),

        new PaymentIntentCreated(Intent, Jon, Isk(15000), "mock", "pi_1", Start, Invoice, AnOrder),
        new PaymentIntentRenewed(Intent, Isk(12000), "mock", "pi_2", Start),
        new PaymentIntentSucceeded(Intent, "pi_2", Payment, Start),
        new PaymentIntentFailed(Intent, "pi_2", "card_declined", Start, 1762000000),
        new ProviderEventReceived(ProviderEventId.Of(Bakery, "stripe", "evt_1"), "stripe", "evt_1", "payment_intent.succeeded", Start),
        new ProviderSubjectKnown(PaidAtProvider, Intent),
        new ProviderEventKept(
            PaidAtProvider, ProviderEventId.Of(Bakery, "stripe", "evt_2"), "stripe", "evt_2", "pi_1",
            new(ProviderFactKind.DisputeClosed, Isk(15000), "ch_1", "fraudulent", "dp_1", true, 1762000000), KeptBecause.SubjectUnknown, Start),
        new ProviderEventApplied(PaidAtProvider, ProviderEventId.Of(Bakery, "stripe", "evt_2"), Start),
        new ProviderEventResolved(PaidAtProvider, ProviderEventId.Of(Bakery, "stripe", "evt_2"), "user", Start, "paid by bank"),

        new ClassPackageCreated(Package, "5 Class Pass", 5, Isk(10000), 365, true, "save 20 %"),
        new ClassPackageChanged(Package, "5 Class Pass", 5, Isk(11000), 365, false, "save 12 %"),
        new ClassSessionCreated(Class, "Slow flow", Noon, 12, Isk(2500), 75, "Bring a mat"),
        new ClassPlaceHeld(Class, Booking, Noon),
        new ClassPlaceTaken(Class, Booking),
        new ClassPlaceFreed(Class, Booking),
        new IntakeProfileCompleted(IntakeProfileId.Of(Jon), Jon, Start, At("2026-11-01T00:00:00Z")),
        new ClassCreditIssued(Credit, Jon, Package, "5 Class Pass", Outside, "pi_A", Isk(10000), 5, Start, At("2026-11-01T00:00:00Z")),
        new ClassCreditUsed(Credit, Booking, Isk(2000), Start),
        new ClassCreditRefunded(Credit, Booking, Isk(2000), Start),
        new ClassCreditAdjusted(Credit, Number(86), -2, Isk(4000), Isk(2000), Start, "moved away"),
        new ClassCreditExpired(Credit, Isk(6000), 3, Day("2026-11-01")),
        new ClassCreditVoided(Credit, RefundId.From(Number(82)), Isk(6000), 3, Start),
        new BookingCreated(Booking, BookingKind.Class, Jon, Start, Isk(2500), Class, Noon),
        new BookingPaid(Booking, Outside, "pi_A", Isk(2500), Start),
        new BookingConfirmed(Booking, Start, Credit),
        new BookingCreditReturned(Booking, Credit),
        new BookingCancelled(Booking, Start, "ill", true),
        new LoyaltyPointsEarned(JonsPoints, Jon, Payment, Isk(15000), 10, 150000, 150000, Start),
        new LoyaltyPointsSpent(JonsPoints, Jon, RewardRedemptionId.From(Number(84)), RewardId.From(Number(83)), "Apron", -1400, 148600, Start),
        new LoyaltyPointsReversed(JonsPoints, Jon, -50000, 98600, Payment, RefundId.From(Number(82)), RewardRedemptionId.From(Number(84)), Start),
        new LoyaltyPointsAdjusted(JonsPoints, Jon, Number(85), "Waited too long", 100, 98700, Start),
        new RewardCreated(RewardId.From(Number(83)), "Apron", "Linen", 1400, true),
        new RewardChanged(RewardId.From(Number(83)), "Apron", "Linen", 1500, false),
        new RewardRedeemed(RewardRedemptionId.From(Number(84)), RewardId.From(Number(83)), Jon, "Apron", 1400, Start),
        new RewardRedemptionFulfilled(RewardRedemptionId.From(Number(84))),
        new RewardRedemptionCancelled(RewardRedemptionId.From(Number(84))),

        new BillingRunRequested(Run, Bakery, Start),
        new BillingRunCompleted(Run, 3, 3, 2, 1, [Isk(30000)], [new(Start, 3, 3, 2, 1, [Isk(30000)])]),
        new ClockAdvanceRequested(Advance, Bakery, At("2025-11-01T12:00:00Z"), At("2025-12-01T12:00:00Z"), Run),
        new ClockMoved(Advance, At("2025-11-02T06:00:00Z"), Day("2025-11-02")),
        new ClockAdvanceCompleted(Advance),
    ];

    private static CouponTerms Save20 => new(
        Rate("0.2"), null, Start, Day("2025-11-30"), Start, Day("2025-12-31"), 1, [Rye.Value]);

    private static OrderId AnOrder => OrderId.From(Number(81));

    private static PaymentIntentId Intent => PaymentIntentId.For(Invoice);
    private static ProviderSubjectId PaidAtProvider => ProviderSubject.OfIntent(Bakery, "pi_1").Id;

    private static RefundId ARefund => RefundId.From(Number(82));

    private static CreditNoteId Note => CreditNoteId.From(Number(84));

    private static InvoiceLine Discounted => new(
        "Rye bread", 2, Isk(7500), Isk(15000), Rate("0.24"), Isk(8065), Isk(1935), Rye.Value, Isk(5000), Isk(4032), Days("2025-11-01", "2025-12-01"));

    /// <summary>Shapes that are no longer written, by name, and what they are read as.</summary>
    public static readonly IReadOnlyDictionary<string, IEvent> Older = new Dictionary<string, IEvent>
    {
        ["subscription_created"] = SubscriptionCreated,
    };
}
