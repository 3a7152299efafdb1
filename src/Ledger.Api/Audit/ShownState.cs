using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ledger.Api.Audit;

/// <summary>A state as JSON, and what differs between two of them, with <c>***</c> for all that is personal or secret.</summary>
internal static class ShownState
{
    private const string Hidden = "***";

    /// <summary>Begins a sealed value while two states are compared. No text that anybody sends has a null character.</summary>
    private const char Mark = '\0';

    /// <summary>Members that are no plain text and are nobody's to see: what charges a card, and what people are found by.</summary>
    private static readonly string[] Secret = ["token", "email_token", "hash"];

    private static readonly JsonSerializerOptions Options = new(LedgerJson.Options)
    {
        IgnoreReadOnlyProperties = true,   // What follows from the rest says nothing new.
        Converters = { new SealedMark() },
    };

    /// <summary>The members that differ; null when nothing that is shown does.</summary>
    public static AuditDetails? Difference(object before, object after)
    {
        var (old, now) = (Json(before), Json(after));
        var names = old.Select(one => one.Key).Union(now.Select(one => one.Key))
            .Where(name => !JsonNode.DeepEquals(old[name], now[name])).ToList();
        return names.Count == 0 ? null : new(Only(old, names), Only(now, names));
    }

    /// <summary>Its members, and as <c>state</c> which case it is where there are several; nothing while there is nothing.</summary>
    private static JsonObject Json(object state)
    {
        var type = state.GetType();
        if (type.Name == "Unknown") return [];
        var json = JsonSerializer.SerializeToNode(state, type, Options)!.AsObject();
        if (type.IsNested) json.Insert(0, "state", EventStore.Events.EventTypes.SnakeCase(type.Name));
        return json;
    }

    private static JsonObject? Only(JsonObject state, List<string> names)
    {
        var some = new JsonObject(state.Where(one => names.Contains(one.Key)).Select(one => KeyValuePair.Create(one.Key, Masked(one.Key, one.Value))));
        return some.Count == 0 ? null : some;
    }

    private static JsonNode? Masked(string name, JsonNode? value) => value switch
    {
        null => null,
        JsonObject members => new JsonObject(members.Select(one => KeyValuePair.Create(one.Key, Masked(one.Key, one.Value)))),
        JsonArray items => new JsonArray([.. items.Select(one => Masked(name, one))]),
        _ when Secret.Contains(name) => Hidden,
        JsonValue text when text.TryGetValue<string>(out var plain) && plain.StartsWith(Mark) => Hidden,
        _ => value.DeepClone(),
    };

    private sealed class SealedMark : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Personal<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(SealedMarkOf<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

#pragma warning disable CA1812 // Made by reflection.
    private sealed class SealedMarkOf<T> : JsonConverter<Personal<T>> where T : notnull
    {
        public override Personal<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) => writer.WriteStringValue(Mark + value.Sealed);
    }
#pragma warning restore CA1812
}
