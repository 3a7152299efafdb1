using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Api.Requests;

/// <summary>An id of somebody else's, kept as it comes: text, or a whole number.</summary>
[JsonConverter(typeof(OpaqueIdJson))]
public sealed record OpaqueId(string Value);

internal sealed class OpaqueIdJson : JsonConverter<OpaqueId>
{
    public override OpaqueId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new(number.ToString(CultureInfo.InvariantCulture)),
        _ => throw new JsonException("An id is text, or a whole number."),
    };

    public override void Write(Utf8JsonWriter writer, OpaqueId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
