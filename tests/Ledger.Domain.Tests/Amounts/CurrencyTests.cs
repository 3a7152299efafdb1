using System.Text.Json;

namespace Ledger.Domain.Tests.Amounts;

public class CurrencyTests
{
    [Theory]
    [InlineData("ISK", 0)]
    [InlineData("JPY", 0)]
    [InlineData("UGX", 0)]
    [InlineData("USD", 2)]
    [InlineData("DKK", 2)]
    [InlineData("XCG", 2)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    public void The_number_of_decimals_is_that_of_ISO_4217(string code, int exponent)
    {
        var currency = Currency.Parse(code);
        currency.Exponent.ShouldBe(exponent);
        currency.ToString().ShouldBe(code);
    }

    [Theory]
    [InlineData("usd")]
    [InlineData("XXX")]
    [InlineData("XAU")]
    [InlineData("ABC")]
    [InlineData(" USD")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_that_is_not_in_the_list_is_refused(string? code)
    {
        Currency.TryParse(code, out _).ShouldBeFalse();
        if (code is not null) Should.Throw<FormatException>(() => Currency.Parse(code));
    }

    [Fact]
    public void The_list_is_complete_and_every_code_means_itself()
    {
        Currency.All.Count.ShouldBe(165);
        Currency.All.Select(currency => currency.Code).ShouldBeUnique();
        Currency.All.ShouldAllBe(currency => Currency.Parse(currency.Code) == currency && currency.Code.Length == 3);
    }

    [Fact]
    public void Its_JSON_is_its_code_as_a_value_and_as_a_key()
    {
        var balances = new Dictionary<Currency, Currency> { [Currency.Parse("ISK")] = Currency.Parse("DKK") };
        var json = JsonSerializer.Serialize(balances);
        json.ShouldBe("""{"ISK":"DKK"}""");
        JsonSerializer.Deserialize<Dictionary<Currency, Currency>>(json).ShouldBe(balances);
    }

    [Theory]
    [InlineData("\"isk\"")]
    [InlineData("352")]
    [InlineData("null")]
    public void JSON_that_is_no_code_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Currency>(json));
}
