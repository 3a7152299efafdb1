using System.Text.Json;
using Ledger.Domain.Amounts;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.InboundWebhooks;

/// <summary>What a provider tells, in Stripe's words: as far as it is looked at here.</summary>
/// <param name="Id">What the provider calls the event.</param>
/// <param name="Type">What has happened: <c>payment_intent.succeeded</c>.</param>
/// <param name="Object">What it happened to.</param>
/// <param name="Created">When, in seconds since 1970; null where it does not say.</param>
internal sealed record StripeEvent(string Id, string Type, JsonElement Object, long? Created)
{
    private const int TextLengthMax = 255;

    /// <exception cref="ProblemException"><c>malformed_request</c>: it is no event.</exception>
    public static StripeEvent Parse(byte[] body)
    {
        if (!JsonBytes.AreText(body)) throw new ProblemException(Problem.Malformed("The event has half a character in it."));
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(body);
            if (Text(root, "id") is { } id && Text(root, "type") is { } type)
                return new(id, type, Member(root, "data") is { } data && Member(data, "object") is { } one ? one : default, Seconds(root));
        }
        catch (JsonException) { }

        throw new ProblemException(Problem.Malformed("The body is no event."));
    }

    public string? Text(string member) => Text(Object, member);

    public bool Has(string member) => Member(Object, member) is not null;

    /// <summary>The text at <c>member.inner</c>.</summary>
    public string? Text(string member, string inner) => Member(Object, member) is { } found ? Text(found, inner) : null;

    /// <summary>An amount above zero in the object's currency; null where there is none.</summary>
    public Money? Amount(string member)
    {
        if (Member(Object, member) is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt64(out var units)) return null;
        if (units is <= 0 or > WantedItem.TotalMax || Text("currency")?.ToUpperInvariant() is not { } code) return null;
        try { return new(units, Currency.Parse(code)); }
        catch (Exception e) when (e is FormatException or ArgumentException) { return null; }
    }

    private static long? Seconds(JsonElement root) =>
        Member(root, "created") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) ? seconds : null;

    private static string? Text(JsonElement of, string member) =>
        Member(of, member) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 and <= TextLengthMax } found
            && !found.Contains('\0', StringComparison.Ordinal) ? found : null;

    private static JsonElement? Member(JsonElement of, string member) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(member, out var found) ? found : null;
}
