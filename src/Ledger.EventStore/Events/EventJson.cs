using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Decisions.Json;

namespace Ledger.EventStore.Events;

/// <summary>Events to the JSON of the log and back, older shapes included.</summary>
public sealed class EventJson(EventTypes types)
{
    private static readonly JsonSerializerOptions Options = LedgerJson.Options;
    private readonly ConcurrentDictionary<string, (Type Type, IReadOnlyList<IUpcaster> Steps)> known = new();

    public EventTypes Types => types;

    public (string Name, string Json) Write(IEvent @event)
    {
        var type = @event.GetType();
        return (types.NameFor(type), JsonSerializer.Serialize(@event, type, Options));
    }

    /// <exception cref="UnknownEventException">The name is of a newer program.</exception>
    /// <exception cref="JsonException">The JSON is not of the shape that the name says.</exception>
    public IEvent Read(string name, string json)
    {
        var (type, steps) = known.GetOrAdd(name, types.Find);
        if (steps.Count == 0) return (IEvent)JsonSerializer.Deserialize(json, type, Options)!;

        var node = JsonNode.Parse(json)!.AsObject();
        foreach (var step in steps) node = step.Upcast(node);
        return (IEvent)node.Deserialize(type, Options)!;
    }

    internal static string WriteHeaders(EventHeaders headers) => JsonSerializer.Serialize(headers, Options);

    internal static EventHeaders ReadHeaders(string json) => JsonSerializer.Deserialize<EventHeaders>(json, Options)!;
}
