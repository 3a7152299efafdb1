using System.Buffers.Text;
using System.Text;
using Ledger.Decisions.Json;

namespace Ledger.Api.Tests.Identity;

/// <summary>Half a character, wherever JSON is read: it is refused, and is no fault of ours.</summary>
[Collection("app")]
public class HalfCharacterTests(SharedApp shared)
{
    private const string Half = "\\ud800";

    public static TheoryData<string, string> Tokens => new()
    {
        { $$"""{"alg":"{{Half}}"}""", "{}" }, { $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{Half}}"}""", "{}" }, { $$"""{"{{Half}}":1,"alg":"HS256"}""", "{}" },
        { """{"alg":"HS256"}""", $$"""{"iss":"{{Half}}"}""" }, { """{"alg":"HS256"}""", $$"""{"iss":"i","aud":["{{Half}}"],"sub":"{{Half}}"}""" },
        { """{"alg":"HS256"}""", """{"iss":"\udc00\ud800"}""" },
    };

    [Theory, MemberData(nameof(Tokens))]
    public async Task A_token_with_it_is_none(string header, string payload)
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Put("/tenants/current/outside-issuer", new { issuer = "i", algorithm = "hs256", secret = new string('x', 40) })).Is(200);
        using var browser = shared.App.Browse(tenant);
        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        var mark = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(new string('x', 40)), Encoding.ASCII.GetBytes(text));
        browser.Token = $"{text}.{Base64Url.EncodeToString(mark)}";
        _ = (await browser.Get("/customers/me")).Refuses(401, "unauthorized");
        _ = (await shared.App.With(browser.Token).Get("/invoices")).Refuses(401, "unauthorized");
    }

    [Theory]
    [InlineData("PUT", "/tenants/current/outside-issuer", """{"issuer":"i","algorithm":"es256","keys":{"keys":[{"kty":"\ud800"}]}}""")]
    [InlineData("PUT", "/tenants/current/outside-issuer", """{"issuer":"i","algorithm":"es256","keys":{"\udfff":[]}}""")]
    [InlineData("POST", "/notifications", """{"type":"message_reply","data":{"customer_id":"x","subject":"\ud800"}}""")]
    [InlineData("POST", "/notifications", """{"type":"message_reply","data":{"\ud800":"x"}}""")]
    [InlineData("POST", "/notification-events/00000000-0000-4000-8000-000000000000/trigger", """{"data":{"subject":"\udc00"}}""")]
    [InlineData("POST", "/customers", """{"full_name":"\ud83d"}""")]
    [InlineData("POST", "/customers", """{"full_name":"A","metadata":{"a":"\ud83d\ud83d"}}""")]
    public async Task A_body_with_it_is_refused(string method, string path, string body)
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Send(new(method), path, body, Guid.NewGuid().ToString())).Refuses(400, "malformed_request");
    }

    [Theory]
    [InlineData("""{"id":"\ud800","type":"payment_intent.succeeded"}"""), InlineData("""{"id":"evt_1","type":"x","data":{"object":{"id":"\udc00"}}}""")]
    public void What_a_provider_tells_with_it_is_no_event(string body) =>
        Should.Throw<Problems.ProblemException>(() => InboundWebhooks.StripeEvent.Parse(Encoding.UTF8.GetBytes(body))).Problem.Code.ShouldBe("malformed_request");

    [Theory]
    [InlineData("""{"full_name":"\ud83d\ude00"}"""), InlineData("""{"full_name":"\\ud800"}"""), InlineData("""{"full_name":"😀 \u00e6"}""")]
    public async Task Whole_characters_are_taken(string body)
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Send(HttpMethod.Post, "/customers", body, Guid.NewGuid().ToString())).Is(201);
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""", false), InlineData("""{"a":"\ud800x"}""", false), InlineData("""{"a":"\ud800\u0041"}""", false), InlineData("""{"a":"\udc00"}""", false)]
    [InlineData("""{"a":"\uD83D\uDE00"}""", true), InlineData("""{"a":"\\ud800"}""", true), InlineData("""{"a":"\\\ud800"}""", false), InlineData("""{"a":"\u"}""", true)]
    public void It_is_told_from_what_only_looks_like_it(string json, bool isText) => JsonBytes.AreText(Encoding.UTF8.GetBytes(json)).ShouldBe(isText);

    [Fact]
    public void Bytes_that_are_no_text_are_none() => JsonBytes.AreText([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']).ShouldBeFalse();
}
