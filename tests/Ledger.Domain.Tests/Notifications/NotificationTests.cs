using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Notifications;

public class NotificationTests
{
    private static readonly NotificationId Id = NotificationId.From(Number(520));
    private static readonly NotificationPreferencesId Preferences = NotificationPreferencesId.Of(Jon);
    private static readonly NotificationQueued Queued = new(Id, NotificationType.AppointmentConfirmed, Jon, null, new("AQ=="));
    private static readonly QueueNotification Ask = new(Id, NotificationType.AppointmentConfirmed, Jon, null, new("AQ=="));
    private static readonly NotificationPreferencesChanged WithoutPoints = new(Preferences, Jon, [NotificationType.PointsEarned], NoSms: true, DocumentLanguage.Is);

    [Fact]
    public void A_message_is_asked_for() => Known().When(Ask).Then(Queued);

    [Fact]
    public void Asked_for_again_nothing_changes() => Known().And(Id.Stream, Queued).When(Ask).ThenNothing();

    [Fact]
    public void Nobody_is_written_whom_nobody_knows() => JointScenario.Given().When(Ask).ThenRejected(CustomerRejections.NotFound);

    [Theory]
    [InlineData(NotificationType.InvoiceCreated, "invoice_not_found")]
    [InlineData(NotificationType.PaymentReceipt, "payment_not_found")]
    [InlineData(NotificationType.DunningFinalNotice, "subscription_not_found")]
    [InlineData(NotificationType.CardExpiring, "payment_method_not_found")]
    [InlineData(NotificationType.BookingConfirmed, "booking_not_found")]
    public void What_it_is_about_has_to_be_the_customers(NotificationType type, string code) =>
        Known().When(Ask with { Type = type, SubjectId = Number(521), Words = null }).ThenRejected(code switch
        {
            "invoice_not_found" => InvoiceRejections.NotFound, "payment_not_found" => PaymentRejections.NotFound,
            "subscription_not_found" => SubscriptionRejections.NotFound, "booking_not_found" => BookingRejections.NotFound,
            _ => PaymentMethodRejections.NotFound,
        });

    [Fact]
    public void A_message_is_about_a_card() => Known().And(JonsWallet, Added(Visa)).When(Ask with { Type = NotificationType.CardExpiring, SubjectId = Visa.Value, Words = null })
        .Then(new NotificationQueued(Id, NotificationType.CardExpiring, Jon, Visa.Value));

    [Fact]
    public void A_customer_goes_without_some() =>
        Known().When(new ChangeNotificationPreferences(Jon, [NotificationType.PointsEarned, NotificationType.PointsEarned], true, DocumentLanguage.Is)).Then(WithoutPoints);

    [Fact]
    public void What_is_so_changes_nothing() =>
        Known().And(Preferences.Stream, WithoutPoints).When(new ChangeNotificationPreferences(Jon, [NotificationType.PointsEarned], null, null)).ThenNothing();

    [Fact]
    public void A_language_is_let_go() => Known().And(Preferences.Stream, WithoutPoints).When(new ChangeNotificationPreferences(Jon, null, null, null, UsesTenantLanguage: true))
        .Then(WithoutPoints with { Language = null });

    [Theory]
    [InlineData(NotificationType.InvoiceCreated)]
    [InlineData(NotificationType.DunningFinalNotice)]
    public void Nobody_goes_without_what_tells_of_money(NotificationType type) =>
        Known().When(new ChangeNotificationPreferences(Jon, [NotificationType.PointsEarned, type], null, null)).ThenRejected(NotificationRejections.NotOptional);

    [Fact]
    public void Nobody_unknown_wants_anything() =>
        JointScenario.Given().When(new ChangeNotificationPreferences(Jon, [], null, null)).ThenRejected(CustomerRejections.NotFound);

    [Fact]
    public void A_test_is_asked_for_once()
    {
        var test = new MessageTestRequested(Id, NotificationType.PaymentReceipt, NotificationChannel.Mail, new("AQ=="));
        var ask = new RequestMessageTest(Id, NotificationType.PaymentReceipt, NotificationChannel.Mail, new("AQ=="));
        Scenario<Notification, NotificationEvent>.Given().When(ask).Then(test);
        Scenario<Notification, NotificationEvent>.Given(test).When(ask).ThenNothing();
    }

    private static JointScenario Known() => JointScenario.Given().And(Jon.Stream, JonCreated);
}
