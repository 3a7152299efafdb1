namespace Ledger.Messaging;

/// <summary>Does what a message asks for.</summary>
/// <remarks>
/// It may run more than once. What it writes to the ledger with <see cref="MessageContext.Completing"/> happens once, since
/// the message ends in the same commit; what it does outside must carry an idempotency key.
/// </remarks>
public interface IMessageHandler<in TMessage> where TMessage : IMessage
{
    Task Handle(TMessage message, MessageContext context, CancellationToken ct);
}

/// <summary>Says what becomes of what waits for a message when the message is given up. A handler may have this beside its work.</summary>
/// <remarks>It may be called more than once. What fails here changes nothing for the message: it is put aside all the same.</remarks>
public interface IGivesUp<in TMessage> where TMessage : IMessage
{
    Task GiveUp(TMessage message, MessageContext context, CancellationToken ct);
}

/// <summary>It is too early: run the message again after a while. Not a failure.</summary>
public sealed class NotYetException(TimeSpan again) : Exception("It is too early.")
{
    public TimeSpan Again => again;
}
