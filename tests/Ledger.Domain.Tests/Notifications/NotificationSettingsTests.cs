using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Notifications.NotificationSettings, Ledger.Domain.Notifications.NotificationSettingsEvent>;

namespace Ledger.Domain.Tests.Notifications;

public class NotificationSettingsTests
{
    private static readonly NotificationSettingsId Id = NotificationSettingsId.Of(Bakery);
    private static readonly MessageTemplateKey Key = new(NotificationType.PaymentReceipt, DocumentLanguage.Is, NotificationChannel.Mail);
    private static readonly MessageText Own = new("Takk", "Takk, {customer_name}");
    private static readonly MessageTemplateCreated Created = new(Id, Key.Type, Key.Language, Key.Channel, Own);
    private static readonly NotificationEventConfigured Off = new(Id, NotificationType.PointsEarned, IsEnabled: false, [NotificationChannel.Mail]);

    [Fact]
    public void A_type_is_switched_off() => Given().When(new ConfigureNotificationEvent(Id, NotificationType.PointsEarned, IsEnabled: false, null)).Then(Off);

    [Fact]
    public void Off_already_nothing_changes() => Given(Off).When(new ConfigureNotificationEvent(Id, NotificationType.PointsEarned, IsEnabled: false, null)).ThenNothing();

    [Fact]
    public void As_usual_nothing_changes() =>
        Given().When(new ConfigureNotificationEvent(Id, NotificationType.PointsEarned, IsEnabled: true, [NotificationChannel.Mail, NotificationChannel.Mail])).ThenNothing();

    [Fact]
    public void Channels_are_kept_in_order() => Given(Off).When(new ConfigureNotificationEvent(Id, NotificationType.PointsEarned, null, [NotificationChannel.Sms, NotificationChannel.Mail]))
        .Then(Off with { Channels = [NotificationChannel.Mail, NotificationChannel.Sms] });

    [Fact]
    public void A_sender_is_named() => Given().When(new ChangeNotificationSender(Id, "Brauð", null)).Then(new NotificationSenderChanged(Id, "Brauð", null));

    [Fact]
    public void A_sender_is_taken_away() => Given(new NotificationSenderChanged(Id, "Brauð", "a@b.is")).When(new ChangeNotificationSender(Id, "", null))
        .Then(new NotificationSenderChanged(Id, null, "a@b.is"));

    [Fact]
    public void The_same_sender_changes_nothing() => Given(new NotificationSenderChanged(Id, "Brauð", "a@b.is")).When(new ChangeNotificationSender(Id, "Brauð", "a@b.is")).ThenNothing();

    [Fact]
    public void A_wording_is_made() => Given().When(new CreateMessageTemplate(Id, Key, Own)).Then(Created);

    [Fact]
    public void The_same_wording_again_changes_nothing() => Given(Created).When(new CreateMessageTemplate(Id, Key, Own)).ThenNothing();

    [Fact]
    public void Another_of_the_same_kind_is_refused() =>
        Given(Created).When(new CreateMessageTemplate(Id, Key, Own with { Text = "x" })).ThenRejected(NotificationRejections.TemplateExists);

    [Fact]
    public void A_built_in_wording_becomes_the_tenants_own() => Given().When(new ChangeMessageTemplate(Id, Key, Subject: "Takk"))
        .Then(new MessageTemplateChanged(Id, Key.Type, Key.Language, Key.Channel, BuiltInTemplates.Of(Key) with { Subject = "Takk" }, IsActive: true));

    [Fact]
    public void A_wording_is_put_out_of_use() => Given(Created).When(new ChangeMessageTemplate(Id, Key, IsActive: false))
        .Then(new MessageTemplateChanged(Id, Key.Type, Key.Language, Key.Channel, Own, IsActive: false));

    [Fact]
    public void Changed_to_what_it_is_nothing_changes() => Given(Created).When(new ChangeMessageTemplate(Id, Key, "Takk", Html: "")).ThenNothing();

    [Fact]
    public void What_is_out_of_use_is_not_sent()
    {
        NotificationSettings State(params NotificationSettingsEvent[] events) => events.Aggregate(NotificationSettings.Initial, NotificationSettings.Evolve);
        State(Created).TextOf(Key).ShouldBe(Own);
        State(Created, new MessageTemplateChanged(Id, Key.Type, Key.Language, Key.Channel, Own, IsActive: false)).TextOf(Key).ShouldBe(BuiltInTemplates.Of(Key));
        State(Off).RuleOf(NotificationType.PointsEarned).Ways.ShouldBeEmpty();
    }
}
