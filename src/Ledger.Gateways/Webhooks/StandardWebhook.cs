using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Gateways.Webhooks;

/// <summary>Signs what is sent, as Standard Webhooks 1.0 says: HMAC-SHA256 over id, time and body as it goes out.</summary>
/// <remarks>
/// The header is <c>v1,…</c>, several of them with a space between while a secret is exchanged. The key is what the secret's
/// Base64 after <c>whsec_</c> stands for; one that is no Base64, as could be
/// registered once, is taken as its text.
/// </remarks>
public static class StandardWebhook
{
    public const string IdHeader = "webhook-id", TimeHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    public const string SecretStart = "whsec_";

    private const int SecretBytes = 32;

    public static string NewSecret() => SecretStart + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether the libraries of others take it for a secret: what they cannot decode they cannot verify by.</summary>
    public static bool IsSecret(string text) =>
        text.StartsWith(SecretStart, StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace) && Base64.IsValid(text.AsSpan(SecretStart.Length), out var length) && length > 0;

    /// <param name="unixSeconds">When it is sent: a repeat has its own.</param>
    public static string Sign(IEnumerable<string> secrets, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();
        foreach (var secret in secrets) signatures.Add(Sign(secret, id, unixSeconds, body));
        return string.Join(' ', signatures);
    }

    private static string Sign(string secret, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, KeyOf(secret));
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}.")));
        mac.AppendData(body);
        return $"v1,{Convert.ToBase64String(mac.GetHashAndReset())}";
    }

    private static byte[] KeyOf(string secret)
    {
        var text = secret.StartsWith(SecretStart, StringComparison.Ordinal) ? secret[SecretStart.Length..] : secret;
        return Base64.IsValid(text, out var length) && length > 0 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
    }
}
