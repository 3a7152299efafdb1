using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Gateways.Entered;
using NodaTime.Text;

namespace Ledger.Api.Requests;

/// <summary>How the JSON of requests is read: strictly, and what is entered by the same rules as everywhere.</summary>
internal static class RequestJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(LedgerJson.Strict);
        options.Converters.Insert(0, new Text());
        options.Converters.Insert(0, new Date());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Any text, as <see cref="EnteredText"/> keeps it.</summary>
    private sealed class Text : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String ? Kept(ref reader) : throw new JsonException("The value is to be a text.");

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Kept(ref reader);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        private static string Kept(ref Utf8JsonReader reader)
        {
            try { return EnteredText.TryNormalize(reader.GetString()!, out var normal) ? normal : throw new JsonException(EnteredText.Reason); }
            catch (InvalidOperationException) { throw new JsonException("The text has half of a character."); }
        }
    }

    private sealed class Date : TextJson<LocalDate>
    {
        protected override LocalDate FromText(string text) =>
            LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && EnteredDate.IsPossible(date)
                ? date : throw new JsonException($"A date as 2026-01-31, {EnteredDate.Range}.");

        protected override string ToText(LocalDate value) => LocalDatePattern.Iso.Format(value);
    }
}
