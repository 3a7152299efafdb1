using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Ledger.Api.Tests.Identity;

/// <summary>What may be an access token and what may not, by RFC 7515 and 7519, and by those who try.</summary>
[Collection("app")]
public class TokenTests(SharedApp shared)
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();

    private AccessTokens Tokens => shared.App.Services.GetRequiredService<AccessTokens>();

    [Fact]
    public async Task It_is_signed_by_a_published_key()
    {
        var token = await Issue();
        var header = Part(token, 0);
        header["alg"]!.GetValue<string>().ShouldBe("ES256");
        using var browser = shared.App.Browse(null);
        var keys = (await browser.Get("/.well-known/jwks.json")).Is(200).Json["keys"]!.AsArray();
        var key = keys.Single(one => one!["kid"]!.GetValue<string>() == header["kid"]!.GetValue<string>())!;
        using var anybody = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars(key["x"]!.GetValue<string>()), Y = Base64Url.DecodeFromChars(key["y"]!.GetValue<string>()) },
        });
        var cut = token.LastIndexOf('.');
        anybody.VerifyData(Encoding.ASCII.GetBytes(token[..cut]), Base64Url.DecodeFromChars(token.AsSpan(cut + 1)), HashAlgorithmName.SHA256).ShouldBeTrue();
        key.AsObject().Select(one => one.Key).ShouldBe(["kty", "crv", "use", "alg", "kid", "x", "y"]);
    }

    [Fact]
    public async Task It_is_good_for_a_quarter_of_an_hour()
    {
        var token = await Issue();
        (await Tokens.Read(token, Now, default)).ShouldNotBeNull();
        (await Tokens.Read(token, Now + Duration.FromMinutes(15) - Duration.FromSeconds(2), default)).ShouldNotBeNull();
        (await Tokens.Read(token, Now + Duration.FromMinutes(15), default)).ShouldBeNull();
        (await Tokens.Read(token, Now - Duration.FromMinutes(2), default)).ShouldBeNull();
        (await Tokens.IsOver(token, Now + Duration.FromMinutes(15) - Duration.FromSeconds(2), default)).ShouldBeFalse();
        (await Tokens.IsOver(token, Now + Duration.FromMinutes(15), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task No_other_algorithm_is_taken_whatever_signs()
    {
        var token = await Issue();
        var payload = token.Split('.')[1];
        var key = (await shared.App.Services.GetRequiredService<SigningKeys>().All(Now, default)).Single(one => one.Id == Part(token, 0)["kid"]!.GetValue<string>());
        var publicText = Encoding.UTF8.GetBytes(key.X + key.Y);
        foreach (var algorithm in new[] { "none", "None", "NONE", "HS256", "RS256", "ES384", "es256", "" })
        {
            var header = Encode($$"""{"alg":"{{algorithm}}","typ":"at+jwt","kid":"{{key.Id}}"}""");
            foreach (var signature in new[] { "", token.Split('.')[2], Base64Url.EncodeToString(HMACSHA256.HashData(publicText, Encoding.ASCII.GetBytes($"{header}.{payload}"))) })
                (await Tokens.Read($"{header}.{payload}.{signature}", Now, default)).ShouldBeNull(algorithm);
        }
    }

    [Fact]
    public async Task Another_key_signs_nothing_even_if_the_token_brings_it()
    {
        var token = await Issue();
        var payload = token.Split('.')[1];
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = own.ExportParameters(false).Q;
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(q.X)}}","y":"{{Base64Url.EncodeToString(q.Y)}}"}""";
        foreach (var more in new[]
        {
            $$""","kid":"{{Part(token, 0)["kid"]}}" """, $$""","kid":"mine","jwk":{{jwk}}""", $$""","kid":"{{Part(token, 0)["kid"]}}","jwk":{{jwk}}""",
            ""","kid":"../../dev/null" """, ""","kid":"' or 1=1 --" """, "", $$""","kid":"{{Part(token, 0)["kid"]}}","crit":["exp"] """,
        })
        {
            var text = $"{Encode($$"""{"alg":"ES256","typ":"at+jwt"{{more}}}""")}.{payload}";
            var signature = Base64Url.EncodeToString(own.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256));
            (await Tokens.Read($"{text}.{signature}", Now, default)).ShouldBeNull(more);
        }
    }

    [Fact]
    public async Task What_is_altered_or_written_otherwise_is_no_token()
    {
        var token = await Issue();
        var parts = token.Split('.');
        for (var n = 0; n < token.Length; n++)
        {
            var other = token[n] == 'A' ? 'B' : 'A';
            (await Tokens.Read(token[..n] + other + token[(n + 1)..], Now, default)).ShouldBeNull($"{n}");
        }

        foreach (var wrong in new[]
        {
            "", ".", "..", "...", token + ".", token + "=", " " + token, token + "\n", $"{parts[0]}.{parts[1]}", $"{parts[0]}=.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[2]}", $"{parts[0]}..{parts[2]}", $"{parts[1]}.{parts[0]}.{parts[2]}", new string('a', 9000), "é.é.é",
            $"{Encode("[]")}.{parts[1]}.{parts[2]}", $"{Encode("{")}.{parts[1]}.{parts[2]}", $"{Encode("""{"alg":"ES256","alg":"none"}""")}.{parts[1]}.",
        })
            (await Tokens.Read(wrong, Now, default)).ShouldBeNull(wrong);
    }

    [Fact]
    public async Task After_a_rotation_old_tokens_are_good_and_new_ones_soon_have_the_new_key()
    {
        var keys = shared.App.Services.GetRequiredService<SigningKeys>();
        var before = await Issue();
        var made = await keys.Rotate(Now, default);
        var soon = Now + SigningKeys.PublishedBefore + Duration.FromMinutes(1);
        (await keys.All(soon, default)).ShouldContain(key => key.Id == made);
        (await Tokens.Read(before, soon, default)).ShouldNotBeNull();
        var after = await Tokens.Issue(Guid.NewGuid().ToString(), new(SubjectKind.User, Guid.NewGuid()), Guid.NewGuid(), soon, default);
        Part(after, 0)["kid"]!.GetValue<string>().ShouldBe(made);
        (await Tokens.Read(after, soon, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Somebody_elses_good_token_is_of_no_use_at_another_tenant()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        var customer = (await theirs.Admin.Post("/customers", new { full_name = "Eva" })).Is(201).Id;
        using var anna = await shared.App.NewUser(mine, UserRole.Admin);
        using var there = shared.App.Browse(theirs);
        there.Token = anna.Token;
        _ = (await there.Get($"/customers/{customer}")).Refuses(404, "customer_not_found");
    }

    private Task<string> Issue() => Tokens.Issue(TenantId.Platform.ToString(), new(SubjectKind.User, Guid.NewGuid()), Guid.NewGuid(), Now, default);

    private static JsonNode Part(string token, int n) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[n]))!;

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
