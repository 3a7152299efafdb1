using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Ledger.Decisions.Json;

namespace Ledger.Identity.Tokens;

/// <summary>A signed token in its parts, RFC 7515 in compact form, read strictly: what is not plainly right is not a token.</summary>
/// <param name="SignedText">What the signature is over.</param>
public sealed record CompactJws(JsonElement Header, JsonElement Payload, byte[] SignedText, byte[] Signature)
{
    private const int LengthMax = 8000;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Null when it is none. Nothing of it is to be believed before its signature is checked.</summary>
    public static CompactJws? Read(string token)
    {
        if (token.Length > LengthMax || token.Split('.') is not [var header, var payload, var signature]) return null;
        return Object(header) is { } head && Object(payload) is { } body && Bytes(signature) is { } signed
            ? new(head, body, Encoding.ASCII.GetBytes($"{header}.{payload}"), signed)
            : null;
    }

    /// <summary>The text of a member of the header; null when it has none, or it is no text.</summary>
    public string? HeaderText(string name) => Text(Header, name);

    /// <inheritdoc cref="HeaderText"/>
    public string? Claim(string name) => Text(Payload, name);

    /// <summary>A time in the payload; null when it has none, or it is no whole number of seconds that a clock could show.</summary>
    public Instant? Time(string name) =>
        Payload.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var seconds)
        && seconds is >= 0 and < 253_402_300_800 ? Instant.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Bytes as such a token has them: base64url without padding, and only the one text that stands for them.</summary>
    public static byte[]? Bytes(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return Base64Url.EncodeToString(bytes) == text ? bytes : null;
        }
        catch (FormatException) { return null; }
    }

    private static string? Text(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Object(string part)
    {
        if (Bytes(part) is not { } bytes || !JsonBytes.AreText(bytes)) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException) { return null; }
    }
}
