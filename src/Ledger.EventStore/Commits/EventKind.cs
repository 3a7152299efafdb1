using System.Collections.Concurrent;

namespace Ledger.EventStore.Commits;

/// <summary>What is the same for all events of a type: how .NET calls it, and the kind of stream it is written to.</summary>
/// <remarks>A type belongs to one kind of stream, so whoever reads an event knows the kind by its name.</remarks>
internal sealed record EventKind(string DotnetName, string Category)
{
    private static readonly ConcurrentDictionary<Type, EventKind> Known = new();

    /// <exception cref="InvalidOperationException">Events of this type are written to another kind of stream.</exception>
    public static EventKind Of(NewEvent written)
    {
        var type = written.Event.GetType();
        if (!Known.TryGetValue(type, out var kind))
            kind = Known.GetOrAdd(type, new EventKind($"{type.FullName}, {type.Assembly.GetName().Name}", written.Stream.Category));
        return kind.Category == written.Stream.Category ? kind
            : throw new InvalidOperationException($"{type.Name} is written to {kind.Category} streams, so it cannot be to a {written.Stream.Category} stream.");
    }
}
