using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>A command with the means to run it, whatever it looks at.</summary>
internal sealed record Wish(Type Type, Func<MemoryLedger, JointDecision> Run)
{
    public static Wish For(IJointCommand command) => new(command.GetType(), ledger => ledger.Run(command));

    public static Wish For<TState, TEvent>(ICommand<TState, TEvent> command) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        new(command.GetType(), ledger => ledger.Run(command));
}

/// <summary>Every command there is, on few enough things that they meet: any of them may be refused, or already so.</summary>
internal static class AnyWish
{
    private static readonly SubscriptionId[] Subscriptions = [Breads, SubscriptionId.From(Number(200))];
    private static readonly CustomerId[] Customers = [Jon, Anna];
    private static readonly PaymentMethodId[] Methods = [Visa, Amex, Maestro];
    private static readonly SetupSessionId[] Sessions = [SetupSessionId.From(Number(206)), SetupSessionId.From(Number(207))];
    private static readonly RewardId[] Rewards = [RewardId.From(Number(214)), RewardId.From(Number(215))];
    private static readonly Uri Page = new("https://shop.example.is/cards");
    private static readonly ProductId[] Products = [Bread, ProductId.From(Number(201))];
    private static readonly ProductVariationId[] Variations = [Rye, ProductVariationId.From(Number(202))];
    private static readonly ProductLabelId[] Labels = [ProductLabelId.From(Number(216)), ProductLabelId.From(Number(217)), ProductLabelId.From(Number(218))];
    private static readonly Frequency[] Frequencies = [Frequency.Weekly, Frequency.Monthly, new(10, FrequencyUnit.Day)];
    private static readonly string?[] Words = [null, "a", "b"];
    private static readonly ClockAdvanceId Advance = ClockAdvanceId.From(Number(203));
    private static readonly UserId[] Users = [UserId.From(Number(210)), UserId.From(Number(211))];
    private static readonly InvoiceId[] OneOffs = [InvoiceId.From(Number(430)), InvoiceId.From(Number(431)), InvoiceId.From(Number(432))];
    private static readonly CouponId[] Coupons = [CouponId.From(Number(450)), CouponId.From(Number(451))];
    private static readonly ExportId[] Exports = [ExportId.From(Number(460)), ExportId.From(Number(461))];
    private static readonly RefundId[] Refunds = [.. Enumerable.Range(440, 2).Select(number => RefundId.From(Number(number)))];
    private static readonly Instant AtNoon = Instant.FromUtc(2025, 11, 1, 12, 0);
    private static readonly ClassPackageId[] Packages = [ClassPackageId.From(Number(220)), ClassPackageId.From(Number(221))];
    private static readonly ClassSessionId[] Classes = [ClassSessionId.From(Number(222)), ClassSessionId.From(Number(223))];
    private static readonly BookingId[] Bookings = [.. Enumerable.Range(224, 6).Select(number => BookingId.From(Number(number)))];
    private static readonly string[] Outside = ["pi_1", "pi_2", "pi_3"];
    private static readonly OrderId[] Orders = [.. Enumerable.Range(500, 6).Select(number => OrderId.From(Number(number)))];
    private static readonly string[] Intents = ["in_1", "in_2", "in_3", "in_4"];
    private static readonly WebhookEndpointId[] Hooks = [WebhookEndpointId.From(Number(510)), WebhookEndpointId.From(Number(511))];
    private static readonly NotificationId[] Notices = [.. Enumerable.Range(530, 6).Select(number => NotificationId.From(Number(number)))];
    private static readonly MessageTemplateKey[] Templates =
    [
        new(NotificationType.PointsEarned, DocumentLanguage.En, NotificationChannel.Mail), new(NotificationType.InvoiceCreated, DocumentLanguage.Is, NotificationChannel.Mail),
        new(NotificationType.MessageReply, DocumentLanguage.Da, NotificationChannel.Mail),
    ];
    private static readonly Uri HookUrl = new("https://a.example.is/hook");
    private static readonly ApiKeyId[] Keys = [ApiKeyId.From(Number(204)), ApiKeyId.From(Number(205))];

    public static readonly IReadOnlyDictionary<Type, Func<Picker, LocalDate, MemoryLedger, Wish>> ByType =
        new Dictionary<Type, Func<Picker, LocalDate, MemoryLedger, Wish>>
        {
            [typeof(CreateTenant)] = (_, _, _) => Wish.For(new CreateTenant(
                Bakery, "Bakery", TenantMode.Sandbox, Krona, DateTimeZone.Utc, PricesIncludeTax: true, [Frequency.Monthly], new(4, 6))),
            [typeof(ChangeTenantSettings)] = (pick, _, _) => Wish.For(new ChangeTenantSettings(
                Bakery, pick.One(Words), null, null, pick.One<bool?>(null, true, false), null,
                pick.One(null, Array.Empty<string>(), new[] { "a.example.is" }, new[] { "b.example.is", "a.example.is" }), pick.One<int?>(null, 1000, 2000),
                pick.One(null, Array.Empty<string>(), new[] { "https://b.example.is", "https://a.example.is" }), pick.One<int?>(null, 0, 10, 10),
                pick.One<bool?>(null, true, false))),
            [typeof(ChangeTenantBranding)] = (pick, _, _) => Wish.For(new ChangeTenantBranding(
                Bakery, pick.One(null, "#AABBCC", "#112233"), pick.One(null, "", "https://a.example.is/a.css"))),
            [typeof(UploadTenantLogo)] = (pick, _, _) => Wish.For(new UploadTenantLogo(Bakery, new(pick.One("f0", "0d"), "image/png", 12))),
            [typeof(ConfigureProvider)] = (pick, _, _) => Wish.For(new ConfigureProvider(
                ProviderConfigId.Of(Bakery, ProviderName.Mock), ProviderName.Mock, new(pick.One("AA", "BB")))),
            [typeof(RegisterWebhookEndpoint)] = (pick, _, _) => Wish.For(new RegisterWebhookEndpoint(pick.One(Hooks), HookUrl, WebhookSettings.Of(pick.One(WebhookFormat.Full, WebhookFormat.Gateway)), new("AA"))),
            [typeof(ChangeWebhookEndpoint)] = (pick, _, _) => Wish.For(new ChangeWebhookEndpoint(
                pick.One(Hooks), pick.One(null, HookUrl, new Uri("https://b.example.is/hook")), pick.One(null, Array.Empty<string>(), ["order.paid"]), pick.One<WebhookFormat?>(null, WebhookFormat.Thin),
                pick.One(null, Array.Empty<int>(), [60]), pick.One<int?>(null, 1, 2), pick.One<int?>(null, 10), pick.One(Words))),
            [typeof(ConfigureNotificationEvent)] = (pick, _, _) => Wish.For(new ConfigureNotificationEvent(
                NotificationSettingsId.Of(Bakery), pick.One(NotificationType.PointsEarned, NotificationType.InvoiceCreated), pick.One<bool?>(null, true, false),
                pick.One(null, Array.Empty<NotificationChannel>(), [NotificationChannel.Sms, NotificationChannel.Mail]))),
            [typeof(ChangeNotificationSender)] = (pick, _, _) => Wish.For(new ChangeNotificationSender(NotificationSettingsId.Of(Bakery), pick.One(null, "", "a"), pick.One(null, "", "a@b.is"))),
            [typeof(CreateMessageTemplate)] = (pick, _, _) => Wish.For(new CreateMessageTemplate(NotificationSettingsId.Of(Bakery), pick.One(Templates), new("a", pick.One("b", "c")))),
            [typeof(ChangeMessageTemplate)] = (pick, _, _) => Wish.For(new ChangeMessageTemplate(
                NotificationSettingsId.Of(Bakery), pick.One(Templates), pick.One(Words), pick.One(Words), pick.One(null, "", "<p>"), pick.One<bool?>(null, true, false))),
            [typeof(ChangeNotificationPreferences)] = (pick, _, _) => Wish.For(new ChangeNotificationPreferences(
                pick.One(Customers), pick.One(null, Array.Empty<NotificationType>(), [NotificationType.PointsEarned], [NotificationType.InvoiceCreated]), pick.One<bool?>(null, true, false),
                pick.One<DocumentLanguage?>(null, DocumentLanguage.Is), pick.One(true, false))),
            [typeof(QueueNotification)] = (pick, _, _) => Wish.For(new QueueNotification(
                pick.One(Notices), pick.One(NotificationType.MessageReply, NotificationType.CardExpiring), pick.One(Customers), pick.One<Guid?>(null, Visa.Value), new("AA"))),
            [typeof(RequestMessageTest)] = (pick, _, _) => Wish.For(new RequestMessageTest(pick.One(Notices), NotificationType.MessageReply, NotificationChannel.Mail, new("AA"))),
            [typeof(RotateWebhookSecret)] = (pick, _, _) => Wish.For(new RotateWebhookSecret(pick.One(Hooks), new(pick.One("AA", "BB")), AtNoon)),
            [typeof(PauseWebhookEndpoint)] = (pick, _, _) => Wish.For(new PauseWebhookEndpoint(pick.One(Hooks))),
            [typeof(ResumeWebhookEndpoint)] = (pick, _, _) => Wish.For(new ResumeWebhookEndpoint(pick.One(Hooks))),
            [typeof(DisableWebhookEndpoint)] = (pick, _, _) => Wish.For(new DisableWebhookEndpoint(pick.One(Hooks), pick.One(WebhookFault.Gone, WebhookFault.FailedTooLong))),
            [typeof(RemoveWebhookEndpoint)] = (pick, _, _) => Wish.For(new RemoveWebhookEndpoint(pick.One(Hooks))),
            [typeof(ChangeDocumentSettings)] = (pick, _, _) => Wish.For(new ChangeDocumentSettings(
                Bakery, pick.One<DocumentLanguage?>(null, DocumentLanguage.Is), pick.One<PdfTemplate?>(null, PdfTemplate.Modern),
                pick.One<string[]?>(null, [], ["a"]), pick.One(null, "", "1"))),
            [typeof(ChangeDunningConfig)] = (pick, _, _) => Wish.For(new ChangeDunningConfig(
                Bakery, pick.Int(1, 5), pick.Int(1, 7), pick.One<int[]?>(null, [], [1, 2]), pick.One<int?>(null, 0, 3), pick.One<bool?>(null, true, false))),
            [typeof(IssueApiKey)] = (pick, _, _) => Wish.For(new IssueApiKey(pick.One(Keys), Bakery, "k", "lk", pick.One("f0", "0d"), ApiKeyRole.Admin)),
            [typeof(RotateApiKey)] = (pick, _, _) => Wish.For(new RotateApiKey(
                pick.One(Keys), ApiKeyId.From(Number(208 + pick.Int(0, 1))), "lk", pick.One("a1", "a2"), AtNoon.Plus(Duration.FromDays(1)), AtNoon)),
            [typeof(RegisterMerchant)] = (pick, _, _) => Wish.For(new RegisterMerchant(MerchantId.Of("e"), "e", null, pick.One(AtNoon, AtNoon + Duration.FromHours(2)), pick.One(0, 1))),
            [typeof(ProveMerchantAddress)] = (pick, _, _) => Wish.For(new ProveMerchantAddress(MerchantId.Of("e"), MerchantId.Of("e").TenantOf(pick.One(0, 1)))),
            [typeof(TrustOutsideIssuer)] = (pick, _, _) => Wish.For(new TrustOutsideIssuer(Bakery, new("i", pick.One("a", "b"), OutsideAlgorithm.Hs256, new("AA"), null, false))),
            [typeof(ForgetOutsideIssuer)] = (_, _, _) => Wish.For(new ForgetOutsideIssuer(Bakery)),
            [typeof(RegisterUser)] = (pick, _, _) => Wish.For(new RegisterUser(
                pick.One(Users), pick.One(Enum.GetValues<UserRole>()), [Permission.ManageStaff], new("AA"), pick.One("e1", "e2"))),
            [typeof(ChangeUserRights)] = (pick, _, _) => Wish.For(new ChangeUserRights(
                pick.One(Users), pick.One<UserRole?>(null, UserRole.Admin, UserRole.Staff), pick.One(null, new[] { Permission.ApproveRefunds }), pick.One<UserId?>(null, Users[0]))),
            [typeof(DeactivateUser)] = (pick, _, _) => Wish.For(new DeactivateUser(pick.One(Users), pick.One<UserId?>(null, Users[0]))),
            [typeof(RevokeApiKey)] = (pick, _, _) => Wish.For(new RevokeApiKey(pick.One(Keys))),
            [typeof(CreateCustomer)] = (pick, _, _) => Wish.For(new CreateCustomer(
                pick.One(Customers), pick.One("h", "i"), pick.One(Words), pick.Chance(50), null, pick.One(Words), false, null)),
            [typeof(ChangeCustomer)] = (pick, _, _) => Wish.For(new ChangeCustomer(
                pick.One(Customers), pick.One(Words), pick.Chance(50), pick.One(null, new Personal<CustomerDetails>("AA")), pick.One(Words), false, null)),
            [typeof(DeleteCustomer)] = (pick, today, _) => Wish.For(new DeleteCustomer(
                Anna, pick.Chance(50) ? new() { Subscriptions = Subscriptions } : new() { Subscriptions = Subscriptions, Orders = Orders, Invoices = OneOffs },
                Noon(today), today)),
            [typeof(CreateProduct)] = (pick, _, _) => Wish.For(new CreateProduct(pick.One(Products), "p", null, null, pick.One(Words), null)),
            [typeof(ChangeProduct)] = (pick, _, _) => Wish.For(new ChangeProduct(pick.One(Products), "p", pick.One(Words), null, pick.One(Words), null)),
            [typeof(ArchiveProduct)] = (pick, _, _) => Wish.For(new ArchiveProduct(pick.One(Products), pick.Chance(90))),
            [typeof(ShelveProduct)] = (pick, _, _) => Wish.For(AnyShelving(pick, pick.One(Products))),
            [typeof(SaveProduct)] = (pick, _, _) => Wish.For(new SaveProduct(
                new ChangeProduct(Products[0], "p", pick.One(Words), null, pick.One(Words), null), AnyShelving(pick, Products[0]))),
            [typeof(AddProductImage)] = (pick, _, _) => Wish.For(new AddProductImage(pick.One(Products), new(pick.One("f0", "0d"), "image/png", 12))),
            [typeof(RemoveProductImage)] = (pick, _, _) => Wish.For(new RemoveProductImage(pick.One(Products), pick.One("f0", "0d"))),
            [typeof(CreateProductLabel)] = (pick, _, _) => Wish.For(AnyLabel(pick)),
            [typeof(ChangeProductLabel)] = (pick, _, _) => Wish.For(new ChangeProductLabel(pick.One(Labels), ProductLabelKind.Tag, "l", pick.One("a", "b", "c"))),
            [typeof(DeleteProductLabel)] = (pick, _, _) => Wish.For(new DeleteProductLabel(pick.One(Labels), ProductLabelKind.Tag, pick.Chance(50))),
            [typeof(CreateProductVariation)] = (pick, _, _) => Wish.For(new CreateProductVariation(
                pick.One(Variations), pick.One(Products), "v", AnyPrices(pick), Rate("0.24"), false, pick.One(Words), null)),
            [typeof(ChangeProductVariation)] = (pick, _, _) => Wish.For(new ChangeProductVariation(
                pick.One(Variations), "v", Rate(pick.One("0", "0.11", "0.24")), pick.Chance(50), pick.One(Words), null)),
            [typeof(ChangeProductPrices)] = (pick, _, _) => Wish.For(new ChangeProductPrices(pick.One(Variations), AnyPrices(pick))),
            [typeof(UpdateProductVariation)] = (pick, _, _) => Wish.For(AnyUpdate(pick, pick.One(Variations))),
            [typeof(ArchiveProductVariation)] = (pick, _, _) => Wish.For(new ArchiveProductVariation(Variations[1])),
            [typeof(AddPaymentMethod)] = (pick, _, _) => Wish.For(new AddPaymentMethod(
                pick.One(Methods), pick.One(Customers), "mock", "tok", "visa", "4242", 12, 2030, null)),
            [typeof(SetDefaultPaymentMethod)] = (pick, _, _) => Wish.For(new SetDefaultPaymentMethod(pick.One(Methods), pick.One(Customers))),
            [typeof(ActivatePaymentMethod)] = (pick, _, _) => Wish.For(new ActivatePaymentMethod(pick.One(Methods), pick.One(Customers))),
            [typeof(DeactivatePaymentMethod)] = (pick, _, _) => Wish.For(new DeactivatePaymentMethod(pick.One(Methods), pick.One(Customers), Subscriptions)),
            [typeof(RemovePaymentMethod)] = (pick, _, _) => Wish.For(new RemovePaymentMethod(pick.One(Methods), pick.One(Customers), Subscriptions)),
            [typeof(BeginSetup)] = (pick, _, _) => Wish.For(new BeginSetup(pick.One(Sessions), pick.One(Customers), "mock", "ses_1", Page)),
            [typeof(CompleteSetup)] = (pick, _, _) => Wish.For(new CompleteSetup(pick.One(Sessions), "tok", "visa", "4242", 12, 2030, null)),
            [typeof(FailSetup)] = (pick, _, _) => Wish.For(new FailSetup(pick.One(Sessions), "card_declined")),
            [typeof(CreateSubscription)] = (pick, today, _) => Wish.For(new CreateSubscription(
                pick.One(Subscriptions), Bakery, pick.One(Customers), today.PlusDays(pick.Int(-40, 5)), pick.One(Frequencies), Krona,
                pick.Chance(70) ? AnyItems(pick) : null, null, pick.One(Words), null, today,
                pick.Chance(20) ? today.PlusDays(pick.Int(5, 20)) : null, pick.One<int?>(null, null, 1, 15, 31))),
            [typeof(ImportSubscription)] = (pick, today, _) => Wish.For(AnyImport(pick, today)),
            [typeof(ActivateSubscription)] = (pick, today, _) => Wish.For(new ActivateSubscription(pick.One(Subscriptions), today)),
            [typeof(ReplaceSubscriptionItems)] = (pick, today, _) => Wish.For(new ReplaceSubscriptionItems(pick.One(Subscriptions), AnyItems(pick), today)),
            [typeof(ChangeSubscriptionPaymentMethod)] = (pick, today, _) =>
                Wish.For(new ChangeSubscriptionPaymentMethod(pick.One(Subscriptions), pick.One(Methods), today)),
            [typeof(ChangeSubscriptionFrequency)] = (pick, _, _) => Wish.For(new ChangeSubscriptionFrequency(pick.One(Subscriptions), pick.One(Frequencies))),
            [typeof(ChangeSubscriptionPlan)] = (pick, today, _) => Wish.For(new ChangeSubscriptionPlan(
                pick.One(Subscriptions), pick.Chance(70) ? AnyItems(pick) : null, pick.One<Frequency?>([null, .. Frequencies]), today)),
            [typeof(ChangeSubscriptionNow)] = (pick, today, _) => Wish.For(new ChangeSubscriptionNow(
                pick.One(Subscriptions), Bakery, pick.Chance(70) ? AnyItems(pick) : null, pick.One<Frequency?>([null, .. Frequencies]), today)),
            [typeof(ChangeAtOfferedFrequency)] = (pick, today, _) => Wish.For(new ChangeAtOfferedFrequency(
                new ChangeSubscriptionPlan(pick.One(Subscriptions), AnyItems(pick), pick.One(Frequencies), today), Bakery, pick.Chance(50))),
            [typeof(CreditSubscriptionPause)] = (pick, today, _) => Wish.For(new CreditSubscriptionPause(pick.One(Subscriptions), Bakery, pick.One(Words), today)),
            [typeof(PauseSubscription)] = (pick, today, _) => Wish.For(new PauseSubscription(pick.One(Subscriptions), pick.One(Words), today)),
            [typeof(ResumeSubscription)] = (pick, today, _) => Wish.For(new ResumeSubscription(pick.One(Subscriptions), today)),
            [typeof(CancelSubscription)] = (pick, today, _) => Wish.For(new CancelSubscription(
                pick.One(Subscriptions), pick.Chance(80), null, today.PlusDays(-pick.Int(0, 40)), pick.Chance(10) ? today.PlusDays(pick.Int(0, 20)) : null)),
            [typeof(CancelAndRefundSubscription)] = (pick, today, _) => Wish.For(new CancelAndRefundSubscription(
                pick.One(Subscriptions), Bakery, pick.One(Words), "a", pick.Chance(50), today)),
            [typeof(ReactivateSubscription)] = (pick, today, _) => Wish.For(new ReactivateSubscription(pick.One(Subscriptions), today)),
            [typeof(EndSubscription)] = (pick, today, _) => Wish.For(new EndSubscription(pick.One(Subscriptions), today.PlusDays(pick.Int(0, 40)))),
            [typeof(BillSubscription)] = (pick, today, _) => Wish.For(new BillSubscription(pick.One(Subscriptions), Bakery, today)),
            [typeof(ChaseSubscription)] = (pick, today, _) => Wish.For(new ChaseSubscription(pick.One(Subscriptions), Bakery, today)),
            [typeof(RecordCharge)] = (pick, today, ledger) => Wish.For(new RecordCharge(
                pick.Chance(70) ? AnyPayment(pick, ledger) : AnyHeld(pick, ledger), Bakery, pick.One(1, 1, 2, 3), pick.One(new ChargeResult("ch"), new ChargeResult(null, "card_declined")), today)),
            [typeof(RecordUnknownOutcome)] = (pick, today, ledger) => Wish.For(new RecordUnknownOutcome(AnyPayment(pick, ledger), pick.Int(1, 2), today)),
            [typeof(CreateCoupon)] = (pick, _, _) => Wish.For(new CreateCoupon(pick.One(Coupons), pick.One("SAVE20", "save20", "TEN"), AnyTerms(pick), null)),
            [typeof(ChangeCoupon)] = (pick, _, _) => Wish.For(new ChangeCoupon(pick.One(Coupons), AnyTerms(pick), pick.One(Words))),
            [typeof(RequestExport)] = (pick, today, _) => Wish.For(new RequestExport(
                pick.One(Exports), pick.One(Enum.GetValues<ExportResource>()), pick.One(Enum.GetValues<ExportFormat>()), pick.One(null, new ExportFilter(), new ExportFilter(Status: "paid")), today)),
            [typeof(CompleteExport)] = (pick, _, _) => Wish.For(new CompleteExport(pick.One(Exports), pick.Int(0, 3), 10, AtNoon)),
            [typeof(FailExport)] = (pick, _, _) => Wish.For(new FailExport(pick.One(Exports), "too_many_rows")),
            [typeof(DeleteCoupon)] = (pick, _, _) => Wish.For(new DeleteCoupon(pick.One(Coupons))),
            [typeof(ApplyCoupon)] = (pick, today, _) => Wish.For(new ApplyCoupon(pick.One(Subscriptions), Bakery, pick.One(Coupons), today)),
            [typeof(ResumeWithCoupon)] = (pick, today, _) => Wish.For(new ResumeWithCoupon(pick.One(Subscriptions), Bakery, pick.One(Coupons), today)),
            [typeof(AdjustCustomerBalance)] = (pick, today, _) => Wish.For(new AdjustCustomerBalance(
                pick.One(Customers), Number(400 + pick.Int(0, 9)), pick.One(BalanceOperation.Credit, BalanceOperation.Charge), Isk(pick.Int(1, 500)), null, today)),
            [typeof(DraftInvoice)] = (pick, today, _) => Wish.For(new DraftInvoice(
                pick.One(OneOffs), Bakery, pick.One(Customers), pick.One<Currency?>(null, Krona), AnyItems(pick), pick.Int(0, 14), today, pick.Chance(50))),
            [typeof(IssueInvoice)] = (pick, today, _) => Wish.For(new IssueInvoice(pick.One(OneOffs), Bakery, today)),
            [typeof(PayInvoice)] = (pick, today, ledger) => Wish.For(new PayInvoice(AnyInvoice(pick, ledger), pick.One<PaymentMethodId?>(null, Visa, Amex), today)),
            [typeof(MarkInvoiceOverdue)] = (pick, today, ledger) => Wish.For(new MarkInvoiceOverdue(AnyInvoice(pick, ledger), today.PlusDays(pick.Int(0, 20)))),
            [typeof(VoidInvoice)] = (pick, today, ledger) => Wish.For(new VoidInvoice(AnyInvoice(pick, ledger), pick.One(Words), today)),
            [typeof(WriteOffInvoice)] = (pick, today, ledger) => Wish.For(new WriteOffInvoice(AnyInvoice(pick, ledger), pick.One(Words), today)),
            [typeof(IssueCreditNote)] = (pick, today, ledger) => Wish.For(new IssueCreditNote(
                CreditNoteId.From(Number(420 + pick.Int(0, 9))), AnyInvoice(pick, ledger), pick.One<Money?>(null, Isk(pick.Int(1, 300))), null, today)),
            [typeof(RequestRefund)] = (pick, today, ledger) => Wish.For(new RequestRefund(
                pick.One(Refunds), AnyPayment(pick, ledger), pick.One<Money?>(null, Isk(pick.Int(1, 300))), null, "a", pick.Chance(50), today)),
            [typeof(ApproveRefund)] = (pick, today, _) => Wish.For(new ApproveRefund(pick.One(Refunds), pick.One("a", "b"), pick.Chance(30), today)),
            [typeof(RejectRefund)] = (pick, today, _) => Wish.For(new RejectRefund(pick.One(Refunds), "b", pick.One(Words), today)),
            [typeof(RecordRefund)] = (pick, today, _) => Wish.For(new RecordRefund(
                pick.One(Refunds), pick.One(new RefundResult("re"), new RefundResult("re", "unknown_charge")), today)),
            [typeof(EarnLoyaltyPoints)] = (pick, _, ledger) => Wish.For(new EarnLoyaltyPoints(AnyPayment(pick, ledger), Bakery, Start)),
            [typeof(ReverseLoyaltyPoints)] = (pick, _, ledger) => Wish.For(AnyReversal(pick, ledger)),
            [typeof(AdjustLoyaltyPoints)] = (pick, _, _) => Wish.For(new AdjustLoyaltyPoints(pick.One(Customers), Number(220 + pick.Int(0, 9)), pick.Int(-9, 20), "r", Start)),
            [typeof(CreateReward)] = (pick, _, _) => Wish.For(new CreateReward(pick.One(Rewards), "r", pick.One(Words), pick.Int(1, 9), pick.Chance(80))),
            [typeof(ChangeReward)] = (pick, _, _) => Wish.For(new ChangeReward(pick.One(Rewards), "r", pick.One(Words), pick.Int(1, 9), pick.Chance(80))),
            [typeof(RedeemReward)] = (pick, today, _) => Wish.For(new RedeemReward(AnyRedemption(pick), pick.One(Rewards), pick.One(Customers), today)),
            [typeof(FulfilRewardRedemption)] = (pick, _, _) => Wish.For(new FulfilRewardRedemption(AnyRedemption(pick))),
            [typeof(CancelRewardRedemption)] = (pick, _, _) => Wish.For(new CancelRewardRedemption(AnyRedemption(pick), Start)),
            [typeof(CreateOrder)] = (pick, today, _) => Wish.For(AnyOrder(pick, today)),
            [typeof(ChangeOrder)] = (pick, _, _) => Wish.For(new ChangeOrder(
                pick.One(Orders), pick.One<CustomerId?>(null, Jon, Anna), pick.Chance(50), pick.One(Words), null)),
            [typeof(ReplaceOrderItems)] = (pick, _, _) => Wish.For(new ReplaceOrderItems(pick.One(Orders), AnyItems(pick))),
            [typeof(ChangeOrderDeliveryDate)] = (pick, today, _) => Wish.For(new ChangeOrderDeliveryDate(pick.One(Orders), today.PlusDays(pick.Int(0, 2)))),
            [typeof(LinkOrderToSubscription)] = (pick, _, _) => Wish.For(new LinkOrderToSubscription(pick.One(Orders), pick.One(Subscriptions))),
            [typeof(CancelOrder)] = (pick, today, _) => Wish.For(new CancelOrder(pick.One(Orders[..2]), pick.One(Words), today)),
            [typeof(InvoiceOrder)] = (pick, today, _) => Wish.For(new InvoiceOrder(pick.One(Orders), today)),
            [typeof(PayOrder)] = (pick, today, _) => Wish.For(AnyOrderPayment(pick, today)),
            [typeof(SettleOrderByPlan)] = (pick, today, _) => Wish.For(new SettleOrderByPlan(
                pick.One(Orders[..2]), SubscriptionId.From(Number(520 + pick.Int(0, 1))), Bakery, pick.One(Frequencies), today)),
            [typeof(CapturePayment)] = (pick, today, ledger) => Wish.For(new CapturePayment(
                AnyHeld(pick, ledger), pick.One<Money?>(null, Isk(pick.Int(1, 300))), today)),
            [typeof(CancelPayment)] = (pick, today, ledger) => Wish.For(new CancelPayment(AnyHeld(pick, ledger), pick.One(Words), today)),
            [typeof(RecordCapture)] = (pick, today, ledger) => Wish.For(new RecordCapture(AnyHeld(pick, ledger), pick.One(null, "hold_settled"), today)),
            [typeof(RecordRelease)] = (pick, today, ledger) => Wish.For(new RecordRelease(AnyHeld(pick, ledger), today)),
            [typeof(RetryPayment)] = (pick, today, ledger) => Wish.For(new RetryPayment(AnyFailed(pick, ledger), Bakery, pick.Chance(50), today)),
            [typeof(RecordDispute)] = (pick, today, ledger) => Wish.For(new RecordDispute(
                AnyPayment(pick, ledger), pick.One("dp_1", "dp_2"), Isk(pick.Int(1, 500)), "general", today)),
            [typeof(CloseDispute)] = (pick, today, ledger) => Wish.For(new CloseDispute(AnyPayment(pick, ledger), pick.One("dp_1", "dp_2"), pick.Chance(50), today)),
            [typeof(RecordProviderRefund)] = (pick, today, ledger) => Wish.For(new RecordProviderRefund(
                AnyPayment(pick, ledger), Isk(pick.Int(1, 900)), "ch_1", today)),
            [typeof(OpenPaymentIntent)] = (pick, today, ledger) => Wish.For(AnyIntent(pick, today, ledger)),
            [typeof(RecordIntentOutcome)] = (pick, today, ledger) => Wish.For(AnyOutcome(pick, today, ledger)),
            [typeof(TakeProviderEvent)] = (pick, today, ledger) => Wish.For(new TakeProviderEvent(
                ProviderEventId.Of(Bakery, "mock", $"evt_{pick.Int(1, 9)}"), "mock", "evt", "told", AnySubject(pick, ledger), AnyFact(pick), pick.Chance(80), today)),
            [typeof(ResolveProviderEvent)] = (pick, today, ledger) => Wish.For(new ResolveProviderEvent(
                AnySubject(pick, ledger).Id, ProviderEventId.Of(Bakery, "mock", $"evt_{pick.Int(1, 9)}"), "a", pick.One(Words), today)),
            [typeof(RequestBillingRun)] = (pick, today, _) => Wish.For(new RequestBillingRun(
                BillingRunId.Daily(Bakery, today), Bakery, today.PlusDays(pick.Int(-1, 1)), today)),
            [typeof(CompleteBillingRun)] = (pick, today, _) => Wish.For(new CompleteBillingRun(
                BillingRunId.Daily(Bakery, today), [new(today, pick.Int(0, 3), 2, 1, 1, []), new(today, 1, 1, 0, 1, [])])),
            [typeof(RequestClockAdvance)] = (pick, today, _) => Wish.For(new RequestClockAdvance(
                Advance, Bakery, Noon(today), Noon(today.PlusDays(pick.Int(-1, 30))))),
            [typeof(MoveClock)] = (pick, today, _) => Wish.For(new MoveClock(Advance, Noon(today.PlusDays(pick.Int(-2, 2))), pick.One<LocalDate?>(null, today))),
            [typeof(CreateClassPackage)] = (pick, _, _) => Wish.For(new CreateClassPackage(
                pick.One(Packages), "5 Class Pass", pick.Int(1, 5), Isk(pick.One(1000, 1001)), pick.One(7, 365), pick.Chance(90), null)),
            [typeof(ChangeClassPackage)] = (pick, _, _) => Wish.For(new ChangeClassPackage(
                pick.One(Packages), "Class Pass", pick.Int(1, 5), Isk(pick.One(1000, 1001)), pick.One(7, 365), pick.Chance(90), pick.One(Words))),
            [typeof(CreateClassSession)] = (pick, today, _) => Wish.For(new CreateClassSession(
                pick.One(Classes), "Yoga", Noon(today) + Duration.FromDays(pick.Int(1, 400)), pick.Int(1, 3), pick.One<Money?>(null, Isk(500)), null, null)),
            [typeof(CompleteIntakeProfile)] = (pick, today, _) => Wish.For(new CompleteIntakeProfile(pick.One(Customers), today)),
            [typeof(BookClass)] = (pick, today, _) => Wish.For(new BookClass(pick.One(Bookings), pick.One(Customers), pick.One(Classes), Noon(today), today)),
            [typeof(PayBooking)] = (pick, today, _) => Wish.For(new PayBooking(pick.One(Bookings), Bakery, pick.One(Outside), Isk(pick.One(500, 500, 400)), today)),
            [typeof(CancelBooking)] = (pick, today, _) => Wish.For(new CancelBooking(pick.One(Bookings), pick.One(Words), Noon(today), today)),
            [typeof(CancelLapsedBooking)] = (pick, today, _) => Wish.For(new CancelLapsedBooking(
                pick.One(Bookings), Noon(today) + Duration.FromMinutes(pick.Int(10, 20)), today)),
            [typeof(IssueClassCredit)] = (pick, today, _) => Wish.For(new IssueClassCredit(
                Bakery, pick.One(Customers), pick.One(Packages), pick.One(Outside), Isk(pick.One(1000, 1001)), today)),
            [typeof(UseClassCredit)] = (pick, today, _) => Wish.For(new UseClassCredit(AnyCredit(pick), pick.One(Bookings), Noon(today), today)),
            [typeof(RefundClassCredit)] = (pick, today, _) => Wish.For(new RefundClassCredit(AnyCredit(pick), pick.One(Bookings), Noon(today), today)),
            [typeof(AdjustClassCredit)] = (pick, today, _) => Wish.For(new AdjustClassCredit(
                AnyCredit(pick), Number(230 + pick.Int(0, 3)), pick.Int(-2, 2), pick.One(Words), Noon(today), today)),
            [typeof(ExpireClassCredit)] = (pick, today, _) => Wish.For(new ExpireClassCredit(AnyCredit(pick), Noon(today), today)),
            [typeof(CompleteClockAdvance)] = (_, _, _) => Wish.For(new CompleteClockAdvance(Advance)),
        };

    public static Wish Next(Picker pick, LocalDate today, MemoryLedger ledger) => pick.One([.. ByType.Values])(pick, today, ledger);

    private static Money[] AnyPrices(Picker pick) => pick.One<Money[]>([], [Isk(pick.Int(1, 9))], [Isk(7), Usd(1)], [Usd(1), Isk(7)], [Isk(1), Isk(2)]);

    private static UpdateProductVariation AnyUpdate(Picker pick, ProductVariationId id) =>
        new(new(id, pick.One("v", "w"), Rate("0.24"), false, pick.One(Words), null), new(id, AnyPrices(pick)));

    /// <summary>Never for nothing: what is free is billed period after period at once, because each is settled as it is issued.</summary>
    private static WantedItem[] AnyItems(Picker pick) => [.. Enumerable.Range(0, pick.Int(1, 3)).Select(i => new WantedItem(
        Number(300 + i), pick.One<ProductVariationId?>(null, Variations[0], Variations[1]), null, pick.Int(1, 3),
        pick.One<Money?>(null, Isk(pick.Int(1, 999))), pick.One<TaxRate?>(null, Rate("0.11"))))];

    private static ImportSubscription AnyImport(Picker pick, LocalDate today)
    {
        var start = today.PlusDays(pick.Int(-400, 5));
        var terms = new ImportedTerms(
            start, pick.One<LocalDate?>(null, start.PlusDays(pick.Int(0, 400))), pick.One(Frequencies), Krona,
            new(Number(300), null, "Elsewhere", 1, Isk(pick.Int(1, 999)), null));
        return new(pick.One(Subscriptions), pick.One(Customers), terms, pick.Chance(30), today);
    }

    private static PaymentId AnyPayment(Picker pick, MemoryLedger ledger) =>
        pick.One([PaymentOf("2025-11-01"), .. ledger.Log.Select(one => one.Event).OfType<PaymentInitiated>().Select(begun => begun.Id)]);

    /// <summary>Never all of a charge: what is free is billed period after period at once.</summary>
    private static CouponTerms AnyTerms(Picker pick) => new(
        Rate(pick.One("0.1", "0.333333")), null, null, null, null, null, pick.One<int?>(null, 1, 2), pick.One<Guid[]>([], [Rye.Value]));

    private static PaymentId AnyFailed(Picker pick, MemoryLedger ledger) =>
        pick.One([PaymentOf("2025-11-01"), .. ledger.Log.Select(one => one.Event).OfType<PaymentFailed>().Select(failed => failed.Id)]);

    private static PaymentId AnyHeld(Picker pick, MemoryLedger ledger) => pick.One(
        [PaymentOf("2025-11-01"), .. ledger.Log.Select(one => one.Event).OfType<PaymentInitiated>().Where(begun => begun.CapturesLater).Select(begun => begun.Id)]);

    private static InvoiceId AnyInvoice(Picker pick, MemoryLedger ledger) =>
        pick.One([OneOffs[0], .. ledger.Log.Select(one => one.Event).OfType<InvoiceIssued>().Select(issued => issued.Id)]);

    private static CreateOrder AnyOrder(Picker pick, LocalDate today)
    {
        var hasItems = pick.Chance(50);
        return new(
            pick.One(Orders), Bakery, pick.One<CustomerId?>(null, Jon, Jon, Anna), hasItems ? null : Isk(pick.Int(1, 900)), hasItems ? AnyItems(pick) : null,
            pick.One<Currency?>(null, Krona), new(pick.One<CustomerId?>(null, Anna), pick.Chance(30), ExternalId: pick.One(Words)), today);
    }

    private static PayOrder AnyOrderPayment(Picker pick, LocalDate today)
    {
        var card = pick.Chance(50) ? new OneTimeCard("tok", "visa", "4242") : null;
        return new(pick.One(Orders), PaymentId.From(Number(530 + pick.Int(0, 9))), null, card, card is null ? null : "mock", pick.Chance(40), today);
    }

    /// <summary>Mostly for what is to be paid; a provider has made another intent for each amount.</summary>
    private static OpenPaymentIntent AnyIntent(Picker pick, LocalDate today, MemoryLedger ledger)
    {
        if (pick.Chance(50))
        {
            var order = pick.One(Orders);
            var due = ledger.State<Order, OrderEvent>(order.Stream) is Order.Known known ? known.Amount : Isk(1);
            return new(null, order, due, "mock", $"{pick.One(Intents)} {order.Value} {due.Amount}", today, Bakery);
        }

        var invoice = AnyInvoice(pick, ledger);
        var open = ledger.State<Invoice, InvoiceEvent>(invoice.Stream) is Invoice.Known found ? found.Open : Isk(1);
        return new(invoice, null, open, "mock", $"{pick.One(Intents)} {invoice.Value} {open.Amount}", today, Bakery);
    }

    private static RecordIntentOutcome AnyOutcome(Picker pick, LocalDate today, MemoryLedger ledger)
    {
        var made = ledger.Log.Select(one => one.Event).OfType<PaymentIntentEvent>().Select(one => one switch
        {
            PaymentIntentCreated created => (created.Id, Reference: created.ProviderReference),
            PaymentIntentRenewed renewed => (renewed.Id, Reference: renewed.ProviderReference),
            _ => default,
        }).Where(one => one.Reference is not null).Append((PaymentIntentId.For(Orders[0]), "none"));
        var (id, reference) = pick.One([.. made]);
        return new(id, Bakery, new(reference!, "ch_2", pick.One<Money?>(null, Isk(pick.Int(1, 300))), pick.One(null, null, "card_declined")), today);
    }

    private static ProviderSubject AnySubject(Picker pick, MemoryLedger ledger)
    {
        if (pick.Chance(40)) return ProviderSubject.OfPayment(AnyPayment(pick, ledger));
        var outcome = AnyOutcome(pick, Start, ledger);
        return ProviderSubject.OfIntent(Bakery, outcome.Outcome.ProviderReference, pick.Chance(50) ? outcome.Id : null);
    }

    private static ProviderFact AnyFact(Picker pick) => new(
        pick.One(Enum.GetValues<ProviderFactKind>()), pick.One<Money?>(null, Isk(pick.Int(1, 500)), Usd(3)), "ch_1", null, pick.One("dp_1", "dp_2"), pick.Chance(50), pick.Int(0, 3));

    private static ClassCreditId AnyCredit(Picker pick) => ClassCreditId.BoughtBy(PaymentId.TakenOutside(Bakery, pick.One(Outside)));

    private static ReverseLoyaltyPoints AnyReversal(Picker pick, MemoryLedger ledger)
    {
        var earned = ledger.Log.Select(one => one.Event).OfType<LoyaltyPointsEarned>().FirstOrDefault();
        return new(earned?.CustomerId ?? Jon, earned?.PaymentId ?? AnyPayment(pick, ledger), RefundId.From(Number(209)), Isk(pick.Int(1, 20)), Start);
    }

    /// <summary>The first is a category, the others are tags.</summary>
    private static CreateProductLabel AnyLabel(Picker pick)
    {
        var id = pick.One(Labels);
        return new(id, id == Labels[0] ? ProductLabelKind.Category : ProductLabelKind.Tag, "l", pick.One("a", "b"));
    }

    private static ShelveProduct AnyShelving(Picker pick, ProductId id) =>
        new(id, new(pick.Chance(50) ? [Labels[0]] : [], pick.Chance(30) ? [Labels[1]] : [], [], [Frequency.Monthly]));

    private static RewardRedemptionId AnyRedemption(Picker pick) => RewardRedemptionId.From(Number(240 + pick.Int(0, 4)));

    private static Instant Noon(LocalDate day) => BusinessTime.InstantOf(day, LocalTime.Noon, DateTimeZone.Utc);
}
