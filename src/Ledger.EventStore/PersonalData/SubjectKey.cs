using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Decisions.Json;

namespace Ledger.EventStore.PersonalData;

/// <summary>The key of one subject: seals and opens what is personal to it.</summary>
/// <remarks>
/// AES-256-GCM, with a nonce derived from the value by HMAC: the same value gives the same text for one subject, and tells
/// nothing across subjects.
/// </remarks>
public sealed class SubjectKey
{
    private const int NonceBytes = 12, TagBytes = 16;
    private const byte Format = 1;
    private readonly byte[] sealing;
    private readonly byte[] naming;

    internal SubjectKey(byte[] secret)
    {
        sealing = HKDF.Expand(HashAlgorithmName.SHA256, secret, 32, "ledger seal"u8.ToArray());
        naming = HKDF.Expand(HashAlgorithmName.SHA256, secret, 32, "ledger name"u8.ToArray());
    }

    public Personal<T> Seal<T>(T value) where T : notnull =>
        new(Convert.ToBase64String(SealBytes(JsonSerializer.SerializeToUtf8Bytes(value, LedgerJson.Options))));

    public T Open<T>(Personal<T> personal) where T : notnull =>
        JsonSerializer.Deserialize<T>(OpenBytes(Convert.FromBase64String(personal.Sealed)), LedgerJson.Options)!;

    public byte[] SealBytes(ReadOnlySpan<byte> plain)
    {
        var result = new byte[1 + NonceBytes + plain.Length + TagBytes];
        result[0] = Format;
        var nonce = result.AsSpan(1, NonceBytes);
        HMACSHA256.HashData(naming, plain).AsSpan(0, NonceBytes).CopyTo(nonce);
        using var aes = new AesGcm(sealing, TagBytes);
        aes.Encrypt(nonce, plain, result.AsSpan(1 + NonceBytes, plain.Length), result.AsSpan(result.Length - TagBytes));
        return result;
    }

    /// <exception cref="CryptographicException">It was sealed under another key, or altered.</exception>
    public byte[] OpenBytes(ReadOnlySpan<byte> content)
    {
        if (content.Length < 1 + NonceBytes + TagBytes || content[0] != Format) throw new CryptographicException("This is no sealed value.");
        var plain = new byte[content.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(sealing, TagBytes);
        aes.Decrypt(content.Slice(1, NonceBytes), content.Slice(1 + NonceBytes, plain.Length), content[^TagBytes..], plain);
        return plain;
    }

    /// <summary>A keyed hash of a word, the same for the same word whatever its case: for search and for claims.</summary>
    public byte[] Token(string kind, string word) =>
        HMACSHA256.HashData(naming, Encoding.UTF8.GetBytes($"{kind}:{word.Trim().ToLowerInvariant()}"))[..16];
}
