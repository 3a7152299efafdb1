using System.Collections.Frozen;
using System.Reflection;

namespace Ledger.Messaging;

/// <summary>Which handler runs which message. Every message has exactly one.</summary>
public sealed class MessageHandlers
{
    private readonly FrozenDictionary<Type, Func<IMessage, MessageContext, Task>> handlers, giversUp;

    /// <exception cref="ArgumentException">A message has no handler, or two.</exception>
    public MessageHandlers(MessageTypes types, IEnumerable<object> all)
    {
        var found = all.SelectMany(handler => HandledBy(handler.GetType()).Select(message => (message, handler)))
            .ToDictionary(one => one.message, one => one.handler);
        if (types.All.FirstOrDefault(type => !found.ContainsKey(type)) is { } orphan)
            throw new ArgumentException($"No handler for the message {orphan.Name}.");
        handlers = found.ToFrozenDictionary(one => one.Key, one => Caller(nameof(Call), one.Key, one.Value));
        giversUp = found.Where(one => typeof(IGivesUp<>).MakeGenericType(one.Key).IsInstanceOfType(one.Value))
            .ToFrozenDictionary(one => one.Key, one => Caller(nameof(CallGivingUp), one.Key, one.Value));
    }

    /// <summary>The handler classes of an assembly.</summary>
    public static IEnumerable<Type> In(Assembly assembly) =>
        assembly.GetTypes().Where(type => type is { IsAbstract: false } && HandledBy(type).Any());

    internal Task Handle(IMessage message, MessageContext context) => handlers[message.GetType()](message, context);

    /// <summary>Lets go of what waits for a message, where its handler knows of something.</summary>
    internal Task GiveUp(IMessage message, MessageContext context) =>
        giversUp.TryGetValue(message.GetType(), out var giveUp) ? giveUp(message, context) : Task.CompletedTask;

    private static IEnumerable<Type> HandledBy(Type handler) => handler.GetInterfaces()
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IMessageHandler<>))
        .Select(one => one.GetGenericArguments()[0]);

    private static Func<IMessage, MessageContext, Task> Caller(string call, Type message, object handler) =>
        typeof(MessageHandlers).GetMethod(call, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(message).CreateDelegate<Func<object, Func<IMessage, MessageContext, Task>>>()(handler);

    private static Func<IMessage, MessageContext, Task> Call<TMessage>(object handler) where TMessage : IMessage =>
        (message, context) => ((IMessageHandler<TMessage>)handler).Handle((TMessage)message, context, CancellationToken.None);

    private static Func<IMessage, MessageContext, Task> CallGivingUp<TMessage>(object handler) where TMessage : IMessage =>
        (message, context) => ((IGivesUp<TMessage>)handler).GiveUp((TMessage)message, context, CancellationToken.None);
}
