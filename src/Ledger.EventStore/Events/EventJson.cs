using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Ledger.Decisions.Json;

namespace Ledger.EventStore.Events;

/// <summary>Events to the JSON of the log and back, older shapes included.</summary>
public sealed class EventJson(EventTypes types)
{
    private static readonly JsonSerializerOptions Options = LedgerJson.Options;
    private readonly ConcurrentDictionary<string, (JsonTypeInfo Type, IReadOnlyList<IUpcaster> Steps)> known = new();

    public EventTypes Types => types;

    public (string Name, string Json) Write(IEvent @event)
    {
        var type = @event.GetType();
        return (types.NameFor(type), JsonSerializer.Serialize(@event, type, Options));
    }

    /// <exception cref="UnknownEventException">The name is of a newer program.</exception>
    /// <exception cref="JsonException">The JSON is not of the shape that the name says.</exception>
    public IEvent Read(string name, string json) => Read(name, Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="Read(string, string)"/>
    public IEvent Read(string name, ReadOnlySpan<byte> json)
    {
        if (!known.TryGetValue(name, out var shape))
        {
            var (type, upcasters) = types.Find(name);
            shape = known[name] = (Options.GetTypeInfo(type), upcasters);
        }

        if (shape.Steps.Count == 0) return (IEvent)JsonSerializer.Deserialize(json, shape.Type)!;

        var node = JsonNode.Parse(json)!.AsObject();
        foreach (var step in shape.Steps) node = step.Upcast(node);
        return (IEvent)node.Deserialize(shape.Type)!;
    }

    /// <summary>Reads the headers of an event. Every event that is read has them, so this is done by hand.</summary>
    internal static EventHeaders ReadHeaders(ReadOnlySpan<byte> json)
    {
        var (schema, at, kind, id, request, key, policy) = (0, default(Instant), "", "", default(string), default(string), default(string));
        var reader = new Utf8JsonReader(json);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("effective_at"u8)) at = Next(ref reader).GetDateTimeOffset() is var instant ? Instant.FromDateTimeOffset(instant) : default;
            else if (reader.ValueTextEquals("actor_kind"u8)) kind = Word(Next(ref reader));
            else if (reader.ValueTextEquals("actor_id"u8)) id = Next(ref reader).GetString()!;
            else if (reader.ValueTextEquals("request_id"u8)) request = Next(ref reader).GetString();
            else if (reader.ValueTextEquals("idempotency_key"u8)) key = Next(ref reader).GetString();
            else if (reader.ValueTextEquals("schema"u8)) schema = Next(ref reader).GetInt32();
            else if (reader.ValueTextEquals("policy"u8)) policy = Next(ref reader).GetString();
            else Next(ref reader).Skip();
        }

        return new(schema, at, kind, id, request, key, policy);
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        return ref reader;
    }

    /// <summary>One of a few words, without making it anew each time.</summary>
    private static string Word(in Utf8JsonReader reader) =>
        reader.ValueTextEquals("worker"u8) ? "worker"
        : reader.ValueTextEquals("api_key"u8) ? "api_key"
        : reader.ValueTextEquals("command_line"u8) ? "command_line"
        : reader.GetString()!;
}
