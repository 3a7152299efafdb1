using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Gateways.Payments;

/// <summary>Signs and checks what a provider posts, as Stripe does: HMAC-SHA256 over the instant and the body as it came.</summary>
/// <remarks>The header is <c>t=…,v1=…</c>, with several <c>v1</c> while a secret is exchanged. Other schemes in it are passed over.</remarks>
public static class WebhookSignature
{
    public const string Header = "Stripe-Signature";

    /// <summary>How far the sender's clock may be from ours, either way, in seconds.</summary>
    public const int ToleranceSeconds = 300;

    private const int HeaderLengthMax = 4_000;

    /// <param name="unixSeconds">When it is sent.</param>
    public static string Sign(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        var at = unixSeconds.ToString(CultureInfo.InvariantCulture);
        return $"t={at},v1={Convert.ToHexStringLower(Mac(secret, at, body))}";
    }

    /// <summary>True when one of the header's signatures is that of this body, and it was made within the tolerance.</summary>
    public static bool IsValid(string header, string secret, long nowUnixSeconds, ReadOnlySpan<byte> body)
    {
        if (header.Length is 0 or > HeaderLengthMax) return false;
        var parts = header.Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToList();
        if (parts.Find(part => part[0] == "t")?[1] is not { } at
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > nowUnixSeconds + ToleranceSeconds || seconds < nowUnixSeconds - ToleranceSeconds) return false;

        var ours = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(secret, at, body)));
        var isOurs = false;
        foreach (var part in parts.Where(part => part[0] == "v1"))
            isOurs |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[1]), ours);
        return isOurs;
    }

    private static byte[] Mac(string secret, string at, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes($"{at}."));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
