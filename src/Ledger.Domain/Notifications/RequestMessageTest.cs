namespace Ledger.Domain.Notifications;

/// <summary>Send a template to somebody, filled with examples. The same id again changes nothing.</summary>
public sealed record RequestMessageTest(NotificationId Id, NotificationType Type, NotificationChannel Channel, Personal<TestMessage> Message)
    : ICommand<Notification, NotificationEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<NotificationEvent> Decide(Notification state) =>
        state is Notification.Unknown ? [new MessageTestRequested(Id, Type, Channel, Message)] : [];
}
