using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Amounts;

/// <summary>Both members, in any order, each once and nothing besides; the amount is a whole number.</summary>
internal sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("Money is an object.");

        long? amount = null;
        Currency? currency = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (amount is null && reader.ValueTextEquals("amount"u8)) amount = ReadAmount(ref reader);
            else if (currency is null && reader.ValueTextEquals("currency"u8)) currency = ReadCurrency(ref reader);
            else throw new JsonException("Money has one amount, one currency, and nothing else.");
        }

        return amount is { } units && currency is { } unit
            ? new Money(units, unit)
            : throw new JsonException("Money needs an amount and a currency.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        // Refused here, because what is in the log must be readable for ever.
        if (value.Currency == default) throw new JsonException("Money without a currency cannot be written.");

        writer.WriteStartObject();
        writer.WriteNumber("amount"u8, value.Amount);
        writer.WriteString("currency"u8, value.Currency.Code);
        writer.WriteEndObject();
    }

    private static long ReadAmount(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var amount)
            ? amount
            : throw new JsonException("An amount is a whole number of minor units, in 64 bits.");

    private static Currency ReadCurrency(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType is JsonTokenType.String
            && Currency.TryParse(reader.GetString(), out var currency)
            ? currency
            : throw new JsonException("A currency is a code of ISO 4217.");
}
