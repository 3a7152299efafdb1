using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>Makes bodies that are almost right: after a schema, with something hostile in one or two places.</summary>
internal sealed class BodyMaker(JsonNode document, FuzzIds ids, FuzzChance chance)
{
    private const string Mark = "@@here@@";

    public byte[] Make(JsonNode schema)
    {
        var node = Value(schema, "", 0);
        var text = node?.ToJsonString() ?? "null";
        var hostility = chance.Int(0, 9);
        if (hostility < 5) text = WithFragment(node);
        else if (hostility == 6) text = chance.One<Func<string, string>>(Broken)(text);
        return hostility == 7 ? chance.One<Func<string, byte[]>>(Encoded)(text) : Encoding.UTF8.GetBytes(text);
    }

    private Func<string, string>[] Broken =>
    [
        text => text[..chance.Int(0, text.Length)], text => text + text, text => "[" + text + "]", _ => "", _ => chance.One(Hostile.Fragments),
        text => text.Replace("}", ",\"unknown\":1}", StringComparison.Ordinal), text => text.Replace("\":", "\" :\r\n\t", StringComparison.Ordinal), text => text.ToUpperInvariant(),
        text => text.StartsWith("{\"", StringComparison.Ordinal) ? $"{{{text[1..^1]},{text[1..]}" : text + ",",   // Every member twice.
        text => new string('{', 200) + text, text => text + new string(' ', 200_000), _ => $"{{\"x\":\"{new string('x', 1_100_000)}\"}}",
    ];

    private Func<string, byte[]>[] Encoded =>
    [
        text => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], Encoding.Unicode.GetBytes, Encoding.BigEndianUnicode.GetBytes, text => [.. Encoding.UTF8.GetBytes(text), 0],
        text => Encoding.Latin1.GetBytes(text.Replace("x", "é", StringComparison.Ordinal)), _ => chance.Bytes(50), text => Encoding.UTF8.GetBytes(text).Select(one => chance.Is(3) ? (byte)0xFF : one).ToArray(),
    ];

    /// <summary>Something hostile in the place of one value, or of two.</summary>
    private string WithFragment(JsonNode? node)
    {
        if (node is null) return chance.One(Hostile.Fragments);
        var places = Places(node).ToList();
        if (places.Count == 0) return chance.Is(50) ? "{}" : chance.One(Hostile.Fragments);
        for (var i = chance.Int(1, 2); i > 0; i--) chance.One(places)(JsonValue.Create(Mark));
        var parts = node.ToJsonString().Split($"\"{Mark}\"");
        return parts.Aggregate((text, part) => text + chance.One(Hostile.Fragments) + part);
    }

    private static IEnumerable<Action<JsonNode>> Places(JsonNode node)
    {
        if (node is JsonObject members)
            foreach (var (name, value) in members.ToList())
            {
                yield return put => members[name] = put;
                if (value is not null)
                    foreach (var inner in Places(value)) yield return inner;
            }
        else if (node is JsonArray items)
            for (var i = 0; i < items.Count; i++)
            {
                var place = i;
                yield return put => items[place] = put;
                if (items[i] is { } item)
                    foreach (var inner in Places(item)) yield return inner;
            }
    }

    private JsonNode? Value(JsonNode schema, string name, int depth)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference) return Value(Follow(reference), name, depth);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices) return Value(choices.First(one => one!["type"]?.ToString() != "null")!, name, depth);
        if (schema["enum"] is JsonArray { Count: > 0 } words) return chance.One([.. words])?.DeepClone();
        var type = schema["type"] is JsonArray types ? types.Select(one => one!.ToString()).FirstOrDefault(one => one != "null") : schema["type"]?.ToString();
        return type switch
        {
            "object" or null => Object(schema, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, chance.Int(1, 2)).Select(_ => Value(schema["items"] ?? new JsonObject { ["type"] = "string" }, name, depth + 1))]),
            "integer" => chance.Int(1, 500),
            "number" => chance.Int(1, 500),
            "boolean" => chance.Is(50),
            _ => Text(schema["format"]?.ToString(), name),
        };
    }

    private JsonNode Follow(string reference) => reference.Split('/').Skip(1).Select(Uri.UnescapeDataString).Aggregate(document, (node, part) =>
        (node is JsonArray items ? items[int.Parse(part, CultureInfo.InvariantCulture)] : node[part]) ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private JsonObject Object(JsonNode schema, int depth)
    {
        var made = new JsonObject();
        var required = (schema["required"] as JsonArray)?.Select(one => one!.ToString()).ToHashSet() ?? [];
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
            if (depth < 5 && (required.Contains(name) || chance.Is(45))) made[name] = Value(member!, name, depth + 1);
        if (schema["additionalProperties"] is not null) made["colour"] = "blue";
        return made;
    }

    private JsonValue Text(string? format, string name) => JsonValue.Create((format, name) switch
    {
        ("uuid", _) => ids.One(name, chance),
        ("date-time", _) => "2020-01-01T00:00:00Z",
        ("date", _) => string.Create(CultureInfo.InvariantCulture, $"2025-1{chance.Int(0, 2)}-01"),
        ("uri", _) or (_, "return_url") => "https://shop.example/back",
        (_, "currency") => "ISK", (_, "email") => $"{Guid.NewGuid():N}@example.org", (_, "frequency") => "monthly", (_, "tax_rate") => "0.24",
        (_, "token") => "sbx_visa_4242_1230", (_, "phone_number") => "+354 777 1234", _ => "plain text",
    });
}
