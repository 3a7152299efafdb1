using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Decisions.Json;

/// <summary>Every id of ours is the plain string of its UUID, whatever its type.</summary>
internal sealed class IdJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && typeToConvert.GetInterfaces()
        .Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>)
            && one.GenericTypeArguments[0] == typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<TId> : TextJson<TId> where TId : struct, IId<TId>
    {
        protected override TId FromText(string text) =>
            Guid.TryParseExact(text, "D", out var value)
                ? TId.From(value)
                : throw new JsonException("An id is a UUID with hyphens.");

        protected override string ToText(TId value) => value.Value.ToString("D");
    }
}
