using System.Security.Cryptography;
using System.Text;
using Ledger.Application.Tenancy;
using Ledger.Cli;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Feed;

namespace Ledger.Workers.Tests.Tenancy;

public class ApiKeyTextTests
{
    [Theory]
    [InlineData(TenantMode.Live, "lk_live_")]
    [InlineData(TenantMode.Sandbox, "lk_test_")]
    public void A_key_says_its_mode_and_has_32_random_bytes(TenantMode mode, string start)
    {
        var key = ApiKeyText.New(mode);
        key.Text.ShouldStartWith(start);
        key.Text.Length.ShouldBe(start.Length + 43);
        key.Prefix.ShouldBe(key.Text[..12]);
        ApiKeyText.New(mode).Text.ShouldNotBe(key.Text);
    }

    [Fact]
    public void The_hash_is_SHA_256_in_hex()
    {
        var key = ApiKeyText.New(TenantMode.Live);
        key.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Text))));
        ApiKeyText.HashOf(key.Text).ShouldBe(key.Hash);
        key.ToString().ShouldNotContain(key.Text[12..]);
    }

    [Fact]
    public async Task The_log_has_the_hash_and_never_the_key()
    {
        await using var ledger = await TestLedger.Start();
        var text = await CreateKeyCommand.Issue(
            ledger.Open, ledger.Tenant.Id, TenantMode.Sandbox, "shop", ApiKeyRole.Staff, await ledger.Context(), CancellationToken.None);
        var line = (await ledger.Get<TenantKeys>().All(ledger.TenantName, CancellationToken.None)).ShouldHaveSingleItem();
        line.Key.Hash.ShouldBe(ApiKeyText.HashOf(text));
        line.IsRevoked.ShouldBeFalse();
        var events = await ledger.Get<EventFeed>().After(0, 100, CancellationToken.None);
        var secret = text[12..];
        events.ShouldAllBe(one => !one.Event.ToString()!.Contains(secret, StringComparison.Ordinal));
    }
}
