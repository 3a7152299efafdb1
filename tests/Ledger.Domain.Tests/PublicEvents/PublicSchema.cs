using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ledger.Decisions.Json;

namespace Ledger.Domain.Tests.PublicEvents;

/// <summary>The JSON schema of an event as others are told of it, made of the types and of what is written about them.</summary>
internal static partial class PublicSchema
{
    private static readonly XDocument Written = XDocument.Load(Path.Combine(
        AppContext.BaseDirectory.Replace(Path.Combine("tests", "Ledger.Domain.Tests"), Path.Combine("src", "Ledger.Domain"), StringComparison.Ordinal), "Ledger.Domain.xml"));

    public static JsonObject Of(string name)
    {
        var schema = Shape(typeof(PublicEnvelope));
        var members = schema["properties"]!.AsObject();
        members["type"]!["const"] = name;
        members["version"]!["const"] = PublicNames.Version;
        members["data"] = Shape(PublicNames.ShapeOf(name));
        var all = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = string.Create(CultureInfo.InvariantCulture, $"{name}.v{PublicNames.Version}"),
            ["title"] = name,
        };
        foreach (var (key, value) in schema.ToList())
        {
            _ = schema.Remove(key);
            all[key] = value;
        }

        all["examples"] = new JsonArray(JsonSerializer.SerializeToNode(PublicSamples.Of(name), LedgerJson.Options));
        return all;
    }

    /// <summary>Members may be added: whoever reads one passes over what they do not know.</summary>
    private static JsonObject Shape(Type type)
    {
        var about = Written.Descendants("member").Single(one => one.Attribute("name")!.Value == $"T:{type.FullName}");
        var (members, required) = (new JsonObject(), new JsonArray());
        var nullability = new System.Reflection.NullabilityInfoContext();
        foreach (var property in type.GetProperties())
        {
            var isOptional = nullability.Create(property).ReadState is System.Reflection.NullabilityState.Nullable;
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var member = Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            if (about.Elements("param").FirstOrDefault(one => one.Attribute("name")!.Value == property.Name) is { } words) member["description"] = Words(words);
            members[name] = member;
            if (!isOptional) required.Add(name);
        }

        return new() { ["type"] = "object", ["description"] = Words(about.Element("summary")!), ["properties"] = members, ["required"] = required };
    }

    private static JsonObject Value(Type type)
    {
        if (type == typeof(Money)) return new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["amount"] = new JsonObject { ["type"] = "integer" }, ["currency"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Z]{3}$" } },
            ["required"] = new JsonArray("amount", "currency"),
        };
        if (type.IsEnum) return new() { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(one => (JsonNode)JsonNamingPolicy.SnakeCaseLower.ConvertName(one)!)]) };
        if (type == typeof(Guid) || type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>))) return Text("uuid");
        if (type == typeof(Instant)) return Text("date-time");
        if (type == typeof(LocalDate)) return Text("date");
        if (type == typeof(object)) return new() { ["type"] = "object" };
        if (type == typeof(Frequency) || type == typeof(Currency) || type == typeof(string)) return new() { ["type"] = "string" };
        return LedgerJson.Options.GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true }).AsObject() is { } known && known.ContainsKey("type")
            ? new() { ["type"] = "integer" } : throw new ArgumentException($"{type} has no schema.", nameof(type));
    }

    private static JsonObject Text(string format) => new() { ["type"] = "string", ["format"] = format };

    private static string Words(XElement element) => Space().Replace(string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "paramref" } one => JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Attribute("name")!.Value),
        XElement one => one.Attribute("cref")?.Value.Split('.')[^1] ?? one.Value,
        _ => node.ToString(),
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
