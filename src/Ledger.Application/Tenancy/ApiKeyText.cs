using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Application.Tenancy;

/// <summary>An API key as its bearer has it. It is shown once; the ledger keeps its hash.</summary>
/// <param name="Prefix">The visible start, by which people tell keys apart.</param>
/// <param name="Hash">SHA-256 of the text, in lower-case hex.</param>
public sealed record ApiKeyText(string Text, string Prefix, string Hash)
{
    private const int SecretBytes = 32;
    private const int PrefixLength = 12;

    /// <summary><c>lk_live_</c> or <c>lk_test_</c>, and 32 random bytes in base64url.</summary>
    public static ApiKeyText New(TenantMode mode)
    {
        var text = $"lk_{(mode is TenantMode.Live ? "live" : "test")}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
        return new(text, text[..PrefixLength], HashOf(text));
    }

    /// <summary>What a request's key is looked up by. The key is random and long, so one round of hashing is enough.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"{Prefix}…";
}
