namespace Ledger.Domain.Notifications;

/// <summary>What a customer wants to hear, as it is now.</summary>
public sealed record NotificationPreferences(IReadOnlyList<NotificationType> OptedOut, bool NoSms, Tenancy.DocumentLanguage? Language)
    : IState<NotificationPreferences, NotificationPreferencesEvent>
{
    public static NotificationPreferences Initial { get; } = new([], NoSms: false, Language: null);

    public bool Wants(NotificationType type, NotificationChannel channel) => !OptedOut.Contains(type) && !(NoSms && channel is NotificationChannel.Sms);

    public static NotificationPreferences Evolve(NotificationPreferences state, NotificationPreferencesEvent @event) => @event switch
    {
        NotificationPreferencesChanged one => new(one.OptedOut, one.NoSms, one.Language),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}
