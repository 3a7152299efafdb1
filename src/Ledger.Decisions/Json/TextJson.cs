using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Decisions.Json;

/// <summary>A value that is one string in JSON, as a member and as the key of a dictionary.</summary>
public abstract class TextJson<T> : JsonConverter<T> where T : notnull
{
    /// <summary>The value that the text stands for.</summary>
    /// <exception cref="JsonException">It stands for none.</exception>
    protected abstract T FromText(string text);

    protected abstract string ToText(T value);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
            ? FromText(reader.GetString()!)
            : throw new JsonException($"A {typeof(T).Name} is a string.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ToText(value));

    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => FromText(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(ToText(value));
}
