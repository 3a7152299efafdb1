namespace Ledger.Domain.Notifications;

/// <summary>Write under another name, or have answers go elsewhere; what is null stays, an empty text takes it away.</summary>
public sealed record ChangeNotificationSender(NotificationSettingsId Id, string? SenderName, string? ReplyTo)
    : ICommand<NotificationSettings, NotificationSettingsEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<NotificationSettingsEvent> Decide(NotificationSettings state)
    {
        var (name, reply) = (Changed(SenderName, state.SenderName), Changed(ReplyTo, state.ReplyTo));
        return name == state.SenderName && reply == state.ReplyTo ? [] : [new NotificationSenderChanged(Id, name, reply)];
    }

    private static string? Changed(string? wish, string? before) => wish is null ? before : wish.Length == 0 ? null : wish;
}
