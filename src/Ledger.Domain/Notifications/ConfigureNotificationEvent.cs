namespace Ledger.Domain.Notifications;

/// <summary>Send a type of notification or do not, and by which channels; what is null stays. The same again changes nothing.</summary>
public sealed record ConfigureNotificationEvent(
    NotificationSettingsId Id, NotificationType Type, bool? IsEnabled, IReadOnlyList<NotificationChannel>? Channels)
    : ICommand<NotificationSettings, NotificationSettingsEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<NotificationSettingsEvent> Decide(NotificationSettings state)
    {
        var before = state.RuleOf(Type);
        var after = new NotificationRule(IsEnabled ?? before.IsEnabled, Channels is null ? before.Channels : [.. Channels.Distinct().Order()]);
        return after.IsSame(before) ? [] : [new NotificationEventConfigured(Id, Type, after.IsEnabled, after.Channels)];
    }
}
