using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Notifications;

/// <summary>What people are written of what has happened.</summary>
public class NotifyingTests
{
    private static readonly PaymentId Payment = PaymentOf("2025-11-01");
    private static readonly InvoiceId Invoice = InvoiceId.From(Number(522));
    private static readonly LocalDate Today = Day("2025-11-01");
    private static readonly PaymentInitiated Begun = new(Payment, Invoice, Jon, Breads, Isk(1000), Visa, "sandbox", Today);
    private static readonly PaymentFailed Failed = new(Payment, 1, "card_declined", IsHard: false, Today);
    private static readonly PaymentRetried Again = new(Payment, 2, Visa, "sandbox", Today);

    [Fact]
    public void Money_that_was_taken_has_a_receipt()
    {
        var told = Of(Begun, new PaymentCaptured(Payment, 1, "ch_1", Today))!;
        (told.Type, told.CustomerId, told.Facts.PaymentId, told.Facts.InvoiceId, told.Facts.Amount).ShouldBe((NotificationType.PaymentReceipt, Jon, Payment, Invoice, Isk(1000)));
    }

    [Fact]
    public void A_buyer_whom_nobody_knows_is_told_nothing()
    {
        Of(Begun with { CustomerId = null }, new PaymentCaptured(Payment, 1, "ch_1", Today)).ShouldBeNull();
        Of(Begun with { CustomerId = null }, Failed).ShouldBeNull();
    }

    [Fact]
    public void The_first_failure_and_those_after_it_are_told_apart()
    {
        Of(Begun, Failed)!.Type.ShouldBe(NotificationType.PaymentFailed);
        var second = Of(Begun, Failed, Again, Failed with { Attempt = 2 })!;
        (second.Type, second.Facts.Attempt, second.Facts.Code).ShouldBe((NotificationType.PaymentRetryFailed, 2, "card_declined"));
        Of(Begun with { SubscriptionId = null }, Failed, Again, Failed with { Attempt = 2 })!.Type.ShouldBe(NotificationType.PaymentFailed);
    }

    [Fact]
    public void The_last_notice_says_when_it_ends()
    {
        var told = Of(
            Created, WithItems, Activated, new SubscriptionPastDue(Breads, Invoice, Payment, Today, 2, Day("2025-11-21")), new SubscriptionErrored(Breads, Day("2025-11-02")))!;
        (told.Type, told.CustomerId, told.Facts.On, told.Facts.InvoiceId).ShouldBe((NotificationType.DunningFinalNotice, Jon, Day("2025-11-21"), Invoice));
    }

    [Fact]
    public void Points_are_told_of()
    {
        var earned = new LoyaltyPointsEarned(LoyaltyAccountId.Of(Jon), Jon, Payment, Usd(18500), 10, 1850, 1850);
        (Of(earned)!.Facts.Points, Of(earned)!.CustomerId).ShouldBe((1850, Jon));
        Of(earned with { Points = 0 }).ShouldBeNull();
    }

    [Fact]
    public void Admins_are_told_of_an_endpoint_that_was_given_up()
    {
        var told = Of(new WebhookEndpointDisabled(WebhookEndpointId.From(Number(523)), WebhookFault.Gone))!;
        (told.Type, told.CustomerId, told.Facts.Code).ShouldBe((NotificationType.WebhookEndpointDisabled, null, "gone"));
        NotificationKind.Of(told.Type).IsForStaff.ShouldBeTrue();
    }

    [Fact]
    public void What_was_asked_for_is_told_as_asked()
    {
        var told = Of(new NotificationQueued(NotificationId.From(Number(524)), NotificationType.InvoiceCreated, Jon, Invoice.Value))!;
        (told.IsAsked, told.Facts.InvoiceId, told.Facts.NotificationId).ShouldBe((true, Invoice, NotificationId.From(Number(524))));
    }

    [Fact]
    public void All_else_is_told_to_nobody() => Of(Begun).ShouldBeNull();

    private static WantedNotification? Of(params IEvent[] history) => Notifying.Of(history[^1], history);
}
