using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.Gateways.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Identity;

/// <summary>An issuer that publishes its keys: they are fetched when they are needed, and no more often than that.</summary>
public sealed class OutsideKeySetTests : IAsyncLifetime
{
    private readonly MovedTime time = new();
    private readonly RSA first = RSA.Create(2048);
    private readonly RSA second = RSA.Create(2048);
    private PublishedKeys published = null!;
    private LedgerApp app = null!;
    private TestTenant tenant = null!;

    public async Task InitializeAsync()
    {
        published = await PublishedKeys.Start();
        app = await LedgerApp.Start(replace: services => services.AddSingleton<TimeProvider>(time).AddSingleton(new OutgoingOptions { IsDevelopment = true }));
        tenant = await app.NewTenant();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Jon", email = "jon@example.com" })).Is(201);
        published.Set = Set(("one", first));
        (await tenant.Admin.Put("/tenants/current/outside-issuer", new { issuer = "https://id.example", algorithm = "rs256", keys_url = published.Url, emails_are_verified = true }))
            .Is(200).Json["keys_url"]!.GetValue<string>().ShouldBe(published.Url.ToString());
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await published.DisposeAsync();
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task Keys_are_fetched_once_and_again_for_one_that_is_new_but_once_a_minute_at_most()
    {
        published.Asked.ShouldBe(0);   // Saying where they are asks nobody.
        await LetsIn(Token(first, "one"));
        await LetsIn(Token(first, "one"));
        published.Asked.ShouldBe(1);

        published.Set = Set(("one", first), ("two", second));
        await KeepsOut(Token(second, "two"));
        published.Asked.ShouldBe(1);
        time.Move(TimeSpan.FromSeconds(61));
        await LetsIn(Token(second, "two"));
        published.Asked.ShouldBe(2);
        for (var n = 0; n < 5; n++) await KeepsOut(Token(second, $"made up {n}"));
        published.Asked.ShouldBe(2);

        published.Set = Set(("two", second));
        time.Move(TimeSpan.FromMinutes(11));
        await KeepsOut(Token(first, "one"));   // It was withdrawn.
        await LetsIn(Token(second, "two"));
        published.Asked.ShouldBe(3);
    }

    [Fact]
    public async Task When_they_cannot_be_had_those_from_before_are_good_for_an_hour()
    {
        await LetsIn(Token(first, "one"));
        published.Status = 500;
        time.Move(TimeSpan.FromMinutes(30));
        await LetsIn(Token(first, "one"));
        time.Move(TimeSpan.FromMinutes(31));
        await KeepsOut(Token(first, "one"));
        published.Status = 200;
        time.Move(TimeSpan.FromMinutes(2));
        await LetsIn(Token(first, "one"));
    }

    [Theory]
    [InlineData("not JSON"), InlineData("[]"), InlineData("{\"keys\":{}}"), InlineData("{\"keys\":[1,null,\"x\"]}")]
    public async Task What_is_no_key_set_lets_nobody_in(string text)
    {
        published.Set = text;
        await KeepsOut(Token(first, "one"));
    }

    [Fact]
    public async Task A_set_that_is_too_large_is_not_read()
    {
        published.Set = Set(("one", first))[..^1] + $",\"more\":\"{new string('x', 70_000)}\"}}";
        await KeepsOut(Token(first, "one"));
        published.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Where_an_address_is_not_public_it_is_refused_before_anybody_is_asked()
    {
        await using var plain = await LedgerApp.Start();
        var other = await plain.NewTenant();
        foreach (var url in new[] { published.Url.ToString(), "http://id.example/keys", "https://127.0.0.1/keys", "https://169.254.169.254/keys", "https://localhost/keys", "/keys", "https://a:b@id.example/keys" })
            _ = (await other.Admin.Put("/tenants/current/outside-issuer", new { issuer = "i", algorithm = "rs256", keys_url = url })).Refuses(400, "validation_failed");
        _ = (await other.Admin.Put("/tenants/current/outside-issuer", new { issuer = "i", algorithm = "rs256" })).Refuses(400, "validation_failed");
        _ = (await other.Admin.Put("/tenants/current/outside-issuer", new { issuer = "i", algorithm = "hs256", secret = new string('x', 40), keys_url = "https://id.example/keys" })).Refuses(400, "validation_failed");
        _ = (await other.Admin.Put("/tenants/current/outside-issuer", new { issuer = "i", algorithm = "es256", keys_url = "https://id.example/keys" })).Is(200);
        published.Asked.ShouldBe(0);
    }

    private async Task LetsIn(string token)
    {
        time.Move(TimeSpan.FromSeconds(3));   // Nothing of the last answer is kept.
        using var browser = app.Browse(tenant);
        browser.Token = token;
        _ = (await browser.Get("/customers/me")).Is(200);
    }

    private async Task KeepsOut(string token)
    {
        time.Move(TimeSpan.FromSeconds(3));
        using var browser = app.Browse(tenant);
        browser.Token = token;
        _ = (await browser.Get("/customers/me")).Refuses(401, "unauthorized");
    }

    private static string Set(params (string Id, RSA Key)[] keys) => $$"""{"keys":[{{string.Join(',', keys.Select(one => Jwk(one.Id, one.Key)))}}]}""";

    private static string Jwk(string id, RSA key)
    {
        var (n, e) = (key.ExportParameters(false).Modulus!, key.ExportParameters(false).Exponent!);
        return $$"""{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{id}}","n":"{{Base64Url.EncodeToString(n)}}","e":"{{Base64Url.EncodeToString(e)}}"}""";
    }

    private static string Token(RSA key, string id)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"RS256","kid":"{{id}}"}"""));
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            $$"""{"iss":"https://id.example","aud":"authenticated","exp":4102444800,"sub":"{{Guid.NewGuid()}}","email":"jon@example.com"}"""));
        var text = $"{header}.{payload}";
        return $"{text}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }
}
