namespace Ledger.Domain.Notifications;

/// <summary>A message that was asked for.</summary>
public abstract record Notification : IState<Notification, NotificationEvent>
{
    private Notification() { }

    public sealed record Unknown : Notification;

    public sealed record Queued(NotificationQueued Asked) : Notification;

    public sealed record Test(MessageTestRequested Asked) : Notification;

    public static Notification Initial { get; } = new Unknown();

    public static Notification Evolve(Notification state, NotificationEvent @event) => @event switch
    {
        NotificationQueued asked => new Queued(asked),
        MessageTestRequested asked => new Test(asked),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}
