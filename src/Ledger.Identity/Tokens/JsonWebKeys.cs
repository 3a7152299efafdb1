using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.Domain.People;

namespace Ledger.Identity.Tokens;

/// <summary>The public keys of a JWK set, RFC 7517, by which signatures of one algorithm can be checked. What else is in it is passed over.</summary>
public static class JsonWebKeys
{
    /// <summary>A token without a key's id is tried with so many keys.</summary>
    private const int TriedMax = 16;

    private const int ModulusBytesMin = 256, ModulusBytesMax = 1024, ExponentBytesMax = 8;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <param name="set">As JSON. One that is no JWK set has no keys.</param>
    /// <param name="id">Of the one key that is meant; null for any.</param>
    public static IReadOnlyList<PublicKey> Read(string? set, OutsideAlgorithm algorithm, string? id)
    {
        if (set is null || !JsonBytes.AreText(System.Text.Encoding.UTF8.GetBytes(set))) return [];
        try
        {
            using var document = JsonDocument.Parse(set, Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind is not JsonValueKind.Array) return [];
            return [.. keys.EnumerateArray().Where(key => IsFor(key, algorithm, id)).Select(key => Of(key, algorithm)).OfType<PublicKey>().Take(TriedMax)];
        }
        catch (JsonException) { return []; }
    }

    /// <summary>A key that says what it is for is for nothing else.</summary>
    private static bool IsFor(JsonElement key, OutsideAlgorithm algorithm, string? id) =>
        (id is null || Text(key, "kid") == id) && Text(key, "use") is null or "sig" && (Text(key, "alg") is not { } said || said == NameOf(algorithm));

    /// <summary>As a key or a token says it.</summary>
    internal static string NameOf(OutsideAlgorithm algorithm) => algorithm switch
    {
        OutsideAlgorithm.Hs256 => "HS256",
        OutsideAlgorithm.Es256 => "ES256",
        _ => "RS256",
    };

    private static PublicKey? Of(JsonElement key, OutsideAlgorithm algorithm) => algorithm switch
    {
        OutsideAlgorithm.Es256 => Text(key, "kty") == "EC" && Text(key, "crv") == "P-256" && Bytes(key, "x") is { Length: 32 } x && Bytes(key, "y") is { Length: 32 } y
            ? new(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } }) : null,
        OutsideAlgorithm.Rs256 => Text(key, "kty") == "RSA" && Bytes(key, "n") is { Length: >= ModulusBytesMin and <= ModulusBytesMax } n && Bytes(key, "e") is { Length: > 0 and <= ExponentBytesMax } e
            ? new(new RSAParameters { Modulus = n, Exponent = e }) : null,
        _ => null,
    };

    private static byte[]? Bytes(JsonElement key, string name) => Text(key, name) is { } text ? CompactJws.Bytes(text) : null;

    private static string? Text(JsonElement key, string name) =>
        key.ValueKind is JsonValueKind.Object && key.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A public key: a point of P-256, or an RSA modulus of 2048 bits at least.</summary>
public sealed class PublicKey
{
    private const int CurveSignatureBytes = 64;
    private readonly ECParameters? curve;
    private readonly RSAParameters? rsa;

    internal PublicKey(ECParameters curve) => this.curve = curve;

    internal PublicKey(RSAParameters rsa) => this.rsa = rsa;

    /// <summary>Whether the signature, as RFC 7518 has it for ES256 and RS256, is this key's over the text.</summary>
    public bool IsSigned(byte[] text, byte[] signature)
    {
        try
        {
            if (rsa is { } modulus)
            {
                using var key = RSA.Create(modulus);
                return signature.Length == modulus.Modulus!.Length && key.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }

            using var point = ECDsa.Create(curve!.Value);
            return signature.Length == CurveSignatureBytes && point.VerifyData(text, signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException) { return false; }   // A point that is not on the curve, a modulus that is none.
    }
}
