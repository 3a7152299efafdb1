using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Decisions.Json;

/// <summary>
/// A word of a fixed list is its name in snake_case, spelled exactly so: never a number, never two at once.
/// </summary>
internal sealed class EnumJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<TEnum> : TextJson<TEnum> where TEnum : struct, Enum
    {
        private static readonly FrozenDictionary<TEnum, string> Words = Enum.GetValues<TEnum>()
            .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        private static readonly FrozenDictionary<string, TEnum> Values =
            Words.ToFrozenDictionary(word => word.Value, word => word.Key, StringComparer.Ordinal);

        protected override TEnum FromText(string text) =>
            Values.TryGetValue(text, out var value)
                ? value
                : throw new JsonException($"Expected one of {string.Join(", ", Values.Keys.Order())}.");

        protected override string ToText(TEnum value) =>
            Words.TryGetValue(value, out var word)
                ? word
                : throw new JsonException($"{typeof(TEnum).Name} has no value {value:D}.");
    }
}
