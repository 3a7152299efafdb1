using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Decisions.Json;
using static Ledger.Domain.Tests.Amounts.AmountExamples;

namespace Ledger.Domain.Tests.Amounts;

public class MoneyJsonTests
{
    public static TheoryData<JsonSerializerOptions> AnyOptions =>
        [JsonSerializerOptions.Default, JsonSerializerOptions.Web, LedgerJson.Options, LedgerJson.Strict];

    [Theory, MemberData(nameof(AnyOptions), DisableDiscoveryEnumeration = true)]
    public void It_looks_the_same_under_any_options(JsonSerializerOptions options)
    {
        const string Json = """{"amount":1290,"currency":"DKK"}""";
        var money = new Money(1290, Currency.Parse("DKK"));
        JsonSerializer.Serialize(money, options).ShouldBe(Json);
        JsonSerializer.Deserialize<Money>(Json, options).ShouldBe(money);
        JsonSerializer.Deserialize<Money>("""{ "currency": "DKK", "amount": 1290 }""", options).ShouldBe(money);
    }

    [Theory]
    [InlineData("""{"amount":12.9,"currency":"DKK"}""")]
    [InlineData("""{"amount":12.0,"currency":"DKK"}""")]
    [InlineData("""{"amount":1e2,"currency":"DKK"}""")]
    [InlineData("""{"amount":"1290","currency":"DKK"}""")]
    [InlineData("""{"amount":9223372036854775808,"currency":"DKK"}""")]
    [InlineData("""{"amount":null,"currency":"DKK"}""")]
    [InlineData("""{"amount":1290,"currency":"dkk"}""")]
    [InlineData("""{"amount":1290,"currency":208}""")]
    [InlineData("""{"amount":1290,"currency":null}""")]
    [InlineData("""{"amount":1290}""")]
    [InlineData("""{"currency":"DKK"}""")]
    [InlineData("""{"amount":1290,"currency":"DKK","tax":0}""")]
    [InlineData("""{"amount":1290,"currency":"DKK","amount":1}""")]
    [InlineData("""{"Amount":1290,"Currency":"DKK"}""")]
    [InlineData("1290")]
    [InlineData("\"12.90 DKK\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Anything_else_is_refused(string json)
    {
        foreach (var options in (JsonSerializerOptions[])[JsonSerializerOptions.Web, LedgerJson.Options])
            Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Money>(json, options), json);
    }

    [Fact]
    public void Money_without_a_currency_is_never_written() =>
        Should.Throw<JsonException>(() => JsonSerializer.Serialize(default(Money)));

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(AnyMoney.ToArbitrary(), money => JsonSerializer.Deserialize<Money>(
            JsonSerializer.Serialize(money, LedgerJson.Options), LedgerJson.Strict) == money)
            .QuickCheckThrowOnFailure();
}
