using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.People;
using Ledger.Identity.Tokens;
using NodaTime;

namespace Ledger.Api.Tests.Identity;

/// <summary>Tokens of an outside issuer, in the style of a hosted log-in service.</summary>
[Collection("app")]
public class OutsideTokenTests(SharedApp shared)
{
    private const string Issuer = "https://abcdefghijklmnopqrst.example.co/auth/v1";
    private const string Secret = "super-secret-jwt-token-with-at-least-32-characters-long";
    private static readonly OutsideTerms Terms = new(Issuer, "authenticated", OutsideAlgorithm.Hs256, null, null, EmailsAreVerified: true);
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void A_good_token_shows_an_address() => Email(Signed()).ShouldBe("jon@example.com");

    [Theory]
    [InlineData("iss", "\"https://other.example.co/auth/v1\"")]
    [InlineData("iss", "\"https://abcdefghijklmnopqrst.example.co/auth/v1/\"")]
    [InlineData("aud", "\"other\"")]
    [InlineData("aud", "[\"a\",\"b\"]")]
    [InlineData("aud", "null")]
    [InlineData("exp", "1799999900")]
    [InlineData("exp", "null")]
    [InlineData("exp", "\"4102444800\"")]
    [InlineData("nbf", "1800000100")]
    [InlineData("nbf", "\"soon\"")]
    [InlineData("sub", "\"jon\"")]
    [InlineData("sub", "null")]
    [InlineData("role", "\"service_role\"")]
    [InlineData("role", "\"anon\"")]
    [InlineData("role", "null")]
    [InlineData("is_anonymous", "true")]
    [InlineData("email", "\"\"")]
    [InlineData("email", "null")]
    public void One_that_says_otherwise_shows_none(string claim, string value) => Email(Signed((claim, value))).ShouldBeNull();

    [Fact]
    public void An_audience_may_be_one_of_several_and_clocks_may_differ_by_a_minute()
    {
        Email(Signed(("aud", "[\"x\",\"authenticated\"]"))).ShouldNotBeNull();
        Email(Signed(("exp", "1799999950"))).ShouldNotBeNull();
        Email(Signed(("nbf", "1800000050"))).ShouldNotBeNull();
    }

    [Fact]
    public void An_address_that_the_issuer_has_not_verified_is_none()
    {
        var strict = Terms with { EmailsAreVerified = false };
        OutsideTokens.Read(Signed(), strict, Secret, Now).Email.ShouldBeNull();
        OutsideTokens.Read(Signed(("user_metadata", "{\"email_verified\":true}")), strict, Secret, Now).Email.ShouldBeNull();
        OutsideTokens.Read(Signed(("email_verified", "\"true\"")), strict, Secret, Now).Email.ShouldBeNull();
        OutsideTokens.Read(Signed(("email_verified", "true")), strict, Secret, Now).Email.ShouldBe("jon@example.com");
    }

    [Fact]
    public void Neither_another_secret_nor_another_algorithm_will_do()
    {
        var token = Signed();
        OutsideTokens.Read(token, Terms, Secret + "x", Now).Email.ShouldBeNull();
        OutsideTokens.Read(token, Terms, null, Now).Email.ShouldBeNull();
        Email(token[..^2] + (token[^2] == 'A' ? "BA" : "AA")).ShouldBeNull();
        foreach (var algorithm in new[] { "none", "HS384", "ES256", "RS256", "hs256" })
        {
            Email(Signed(header: $$"""{"alg":"{{algorithm}}"}""")).ShouldBeNull(algorithm);
            Email(Signed(header: $$"""{"alg":"{{algorithm}}"}""").Split('.') is [var head, var body, _] ? $"{head}.{body}." : "").ShouldBeNull(algorithm);
        }
    }

    [Fact]
    public void Public_keys_sign_by_their_curve_and_never_as_a_secret()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        var set = $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"one","x":"{{Base64Url.EncodeToString(q.X)}}","y":"{{Base64Url.EncodeToString(q.Y)}}"}]}""";
        var terms = Terms with { Algorithm = OutsideAlgorithm.Es256, Keys = set };
        var unsigned = Unsigned("""{"alg":"ES256","kid":"one"}""");
        OutsideTokens.Read($"{unsigned}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256))}", terms, null, Now).Email.ShouldBe("jon@example.com");
        var other = Unsigned("""{"alg":"ES256","kid":"two"}""");
        OutsideTokens.Read($"{other}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(other), HashAlgorithmName.SHA256))}", terms, null, Now).Email.ShouldBeNull();
        var hashed = Unsigned("""{"alg":"HS256","kid":"one"}""");
        OutsideTokens.Read($"{hashed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(set), Encoding.ASCII.GetBytes(hashed)))}", terms, set, Now).Email.ShouldBeNull();
    }

    [Fact]
    public void An_rsa_key_signs_as_itself_and_in_no_other_way()
    {
        using var key = RSA.Create(2048);
        var set = KeySet(key);
        var terms = Terms with { Algorithm = OutsideAlgorithm.Rs256, Keys = set };
        string? Shown(string token, OutsideTerms by, string? secret = null) => OutsideTokens.Read(token, by, secret, Now).Email;
        string Rsa(string header) => Append(header, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Shown(Rsa("""{"alg":"RS256","kid":"one"}"""), terms).ShouldBe("jon@example.com");
        Shown(Rsa("""{"alg":"RS256"}"""), terms).ShouldBe("jon@example.com");
        Shown(Rsa("""{"alg":"RS256","kid":"two"}"""), terms).ShouldBeNull();
        Shown(Rsa("""{"alg":"RS256","kid":1}"""), terms).ShouldBe("jon@example.com");   // No text is no id: any of the keys may have signed it.
        foreach (var other in new[] { "RS384", "RS512", "PS256", "HS256", "ES256", "none", "None", "rs256" })
            Shown(Rsa($$"""{"alg":"{{other}}","kid":"one"}"""), terms).ShouldBeNull(other);
        Shown(Append("""{"alg":"RS256","kid":"one"}""", text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)), terms).ShouldBeNull();
        Shown(Append("""{"alg":"RS256","kid":"one"}""", text => key.SignData(text, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)), terms).ShouldBeNull();
        Shown(Append("""{"alg":"RS256","kid":"one"}""", _ => []), terms).ShouldBeNull();

        // What everybody can read is nobody's secret, in whatever form it is taken for one.
        foreach (var secret in new[] { set, key.ExportSubjectPublicKeyInfoPem(), key.ExportRSAPublicKeyPem(), Base64Url.EncodeToString(key.ExportParameters(false).Modulus) })
        {
            var hashed = Append("""{"alg":"HS256","kid":"one"}""", text => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text));
            Shown(hashed, terms).ShouldBeNull();
            Shown(hashed, terms, secret).ShouldBeNull();
        }

        Shown(Rsa("""{"alg":"RS256","kid":"one"}"""), Terms with { Keys = set }, Secret).ShouldBeNull();
        Shown(Rsa("""{"alg":"RS256","kid":"one"}"""), terms with { Algorithm = OutsideAlgorithm.Es256 }).ShouldBeNull();
    }

    [Fact]
    public void A_key_that_is_short_or_for_something_else_is_none()
    {
        using var key = RSA.Create(2048);
        using var small = RSA.Create(1024);
        int Usable(string set) => JsonWebKeys.Read(set, OutsideAlgorithm.Rs256, null).Count;
        Usable(KeySet(key)).ShouldBe(1);
        Usable(KeySet(small)).ShouldBe(0);
        Usable(KeySet(key, ""","use":"enc" """)).ShouldBe(0);
        Usable(KeySet(key, ""","use":"sig","alg":"RS256" """)).ShouldBe(1);
        Usable(KeySet(key, ""","alg":"RS512" """)).ShouldBe(0);
        Usable(KeySet(key, ""","kty":"RSA" """)).ShouldBe(0);   // A name that stands twice.
        JsonWebKeys.Read(KeySet(key), OutsideAlgorithm.Es256, null).ShouldBeEmpty();
        JsonWebKeys.Read(KeySet(key), OutsideAlgorithm.Hs256, null).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_customer_with_the_address_is_let_in_at_this_tenant_alone()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        var anna = (await mine.Admin.Post("/customers", new { full_name = "Anna", email = "jon@example.com" })).Is(201).Id;
        _ = (await theirs.Admin.Post("/customers", new { full_name = "Jon", email = "jon@example.com" })).Is(201);
        var terms = new { issuer = Issuer, algorithm = "hs256", secret = Secret, emails_are_verified = true };
        (await mine.Admin.Put("/tenants/current/outside-issuer", terms)).Is(200).Text.ShouldNotContain(Secret);
        (await mine.Admin.Get("/tenants/current/outside-issuer")).Is(200).Text.ShouldNotContain(Secret);
        using var here = shared.App.Browse(mine);
        using var there = shared.App.Browse(theirs);
        here.Token = there.Token = Signed(("exp", "4102444800"));
        (await here.Get("/customers/me")).Is(200).Id.ShouldBe(anna);
        (await here.Get("/auth/sessions/current")).Is(200).Json["customer_id"]!.GetValue<string>().ShouldBe(anna);
        _ = (await there.Get("/customers/me")).Refuses(401, "unauthorized");

        _ = (await mine.Admin.Delete("/tenants/current/outside-issuer")).Is(204);
        await Task.Delay(TimeSpan.FromSeconds(2.1));   // As long as a caller may be kept.
        _ = (await here.Get("/customers/me")).Refuses(401, "unauthorized");
    }

    private static string? Email(string token) => OutsideTokens.Read(token, Terms, Secret, Now).Email;

    private static string Signed(params (string Claim, string Value)[] other) => Signed("""{"alg":"HS256","typ":"JWT"}""", other);

    private static string Signed(string header, params (string Claim, string Value)[] other)
    {
        var text = Unsigned(header, other);
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(text)))}";
    }

    private static string KeySet(RSA key, string more = "") => $$"""
        {"keys":[{"kty":"RSA","kid":"one","n":"{{Base64Url.EncodeToString(key.ExportParameters(false).Modulus)}}","e":"{{Base64Url.EncodeToString(key.ExportParameters(false).Exponent)}}"{{more}}}]}
        """;

    private static string Append(string header, Func<byte[], byte[]> sign)
    {
        var text = Unsigned(header);
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Unsigned(string header, params (string Claim, string Value)[] other)
    {
        var claims = new Dictionary<string, string>
        {
            ["iss"] = $"\"{Issuer}\"", ["aud"] = "\"authenticated\"", ["exp"] = "1800003600", ["iat"] = "1767225600",
            ["sub"] = "\"11111111-2222-4333-8444-555555555555\"", ["email"] = "\"jon@example.com\"", ["role"] = "\"authenticated\"",
            ["aal"] = "\"aal1\"", ["is_anonymous"] = "false",
        };
        foreach (var (claim, value) in other) claims[claim] = value;
        var payload = $"{{{string.Join(',', claims.Select(one => $"\"{one.Key}\":{one.Value}"))}}}";
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
    }
}
