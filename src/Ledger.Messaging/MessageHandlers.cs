using System.Collections.Frozen;
using System.Reflection;

namespace Ledger.Messaging;

/// <summary>Which handler runs which message. Every message has exactly one.</summary>
public sealed class MessageHandlers
{
    private readonly FrozenDictionary<Type, Func<IMessage, MessageContext, Task>> handlers;

    /// <exception cref="ArgumentException">A message has no handler, or two.</exception>
    public MessageHandlers(MessageTypes types, IEnumerable<object> all)
    {
        var found = all.SelectMany(handler => HandledBy(handler.GetType()).Select(message => (message, handler)))
            .ToDictionary(one => one.message, one => Caller(one.message, one.handler));
        if (types.All.FirstOrDefault(type => !found.ContainsKey(type)) is { } orphan)
            throw new ArgumentException($"No handler for the message {orphan.Name}.");
        handlers = found.ToFrozenDictionary();
    }

    /// <summary>The handler classes of an assembly.</summary>
    public static IEnumerable<Type> In(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsAbstract: false } && HandledBy(type).Any());

    internal Task Handle(IMessage message, MessageContext context) => handlers[message.GetType()](message, context);

    private static IEnumerable<Type> HandledBy(Type handler) => handler.GetInterfaces()
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IMessageHandler<>))
        .Select(one => one.GetGenericArguments()[0]);

    private static Func<IMessage, MessageContext, Task> Caller(Type message, object handler) =>
        typeof(MessageHandlers).GetMethod(nameof(Call), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(message).CreateDelegate<Func<object, Func<IMessage, MessageContext, Task>>>()(handler);

    private static Func<IMessage, MessageContext, Task> Call<TMessage>(object handler) where TMessage : IMessage =>
        (message, context) => ((IMessageHandler<TMessage>)handler).Handle((TMessage)message, context, CancellationToken.None);
}
