using System.Text.Json;
using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;
using static Ledger.Gateways.Tests.Sandbox.SandboxExamples;

namespace Ledger.Gateways.Tests.Sandbox;

[Collection(SandboxCollection.Name)]
public sealed class TokenTests(SandboxDatabase database) : IAsyncLifetime
{
    private SandboxProvider provider = null!;

    public async Task InitializeAsync() => provider = await database.Provider();

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Theory]
    [InlineData(Good, "4242")]
    [InlineData(Declined, "0002")]
    [InlineData(WithoutFunds, "9995")]
    [InlineData(Expired, "0069")]
    public async Task A_test_card_becomes_a_token_that_says_what_to_show(string number, string last4)
    {
        var card = await provider.Tokenize(Card(number, 3, 2031), default);

        card.Token.ShouldBe($"sbx_visa_{last4}_0331");
        (card.Brand, card.Last4, card.ExpMonth, card.ExpYear).ShouldBe(("visa", last4, 3, 2031));
        (await provider.Describe(card.Token, default)).ShouldBe(new TokenDescription("visa", last4, 3, 2031));
    }

    [Theory]
    [InlineData("4242424242424241")]   // The check digit is wrong.
    [InlineData("42424242424")]        // Eleven digits.
    [InlineData("42424242424242424242")]
    [InlineData("4242 4242 4242 4242")]
    [InlineData("4242424242424242\n")]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢")]
    [InlineData("")]
    public async Task A_number_that_is_no_card_number_is_refused(string number) =>
        (await Refused(Card(number))).ShouldBe("invalid_card_number");

    [Theory]
    [InlineData("5555555555554444")]
    [InlineData("4111111111111111")]
    public async Task A_card_that_is_no_test_card_is_refused(string number) =>
        (await Refused(Card(number))).ShouldBe("not_a_test_card");

    [Theory]
    [InlineData(0, 2030)]
    [InlineData(13, 2030)]
    [InlineData(12, 30)]
    [InlineData(12, 2100)]
    public async Task A_month_that_does_not_exist_is_refused(int month, int year) =>
        (await Refused(Card(Good, month, year))).ShouldBe("invalid_expiry");

    [Theory]
    [InlineData("12")]
    [InlineData("12345")]
    [InlineData("abc")]
    public async Task A_security_code_that_is_none_is_refused(string cvc) =>
        (await Refused(Card(Good, cvc: cvc))).ShouldBe("invalid_cvc");

    [Theory]
    [InlineData("")]
    [InlineData("tok_1234")]
    [InlineData("sbx_visa_1111_1230")]
    [InlineData("sbx_visa_4242_1330")]
    [InlineData("sbx_visa_4242_12302")]
    [InlineData("SBX_visa_4242_1230")]
    public async Task A_token_of_somebody_else_is_not_known(string token) =>
        (await provider.Describe(token, default)).ShouldBeNull();

    [Fact]
    public async Task A_fingerprint_is_the_numbers_own_and_takes_the_key_to_make()
    {
        var card = await provider.Tokenize(Card(Good), default);
        var renewed = await provider.Tokenize(Card(Good, 1, 2035), default);
        var other = await provider.Tokenize(Card(Declined), default);

        renewed.Fingerprint.ShouldBe(card.Fingerprint);
        other.Fingerprint.ShouldNotBe(card.Fingerprint);
        card.Fingerprint.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
            FingerprintKey, "4242424242424242"u8)));
    }

    [Fact]
    public void A_card_gives_away_neither_number_nor_code_nor_name()
    {
        var card = Card(Good, cvc: "987");

        foreach (var shown in new[] { card.ToString(), $"{card}", JsonSerializer.Serialize(card) })
        {
            shown.ShouldNotContain("424242");
            shown.ShouldNotContain("987");
            shown.ShouldNotContain("Guðrún");
        }
        card.ToString().ShouldEndWith("4242");
        Card("12345").ToString().ShouldNotContain("2345");
    }

    private async Task<string> Refused(CardDetails card)
    {
        var refused = await Should.ThrowAsync<CardRefusedException>(() => provider.Tokenize(card, default));
        refused.Message.ShouldNotContain("4242");
        return refused.Code;
    }
}
