using System.Security.Cryptography;

namespace Ledger.EventStore.PersonalData;

/// <summary>One key that wraps personal keys. It is kept outside the database, among the <see cref="MasterKeys"/>.</summary>
/// <remarks>
/// What it wraps says which key wrapped it: format 2 is its number, the key's id, a nonce, the secret in AES-256-GCM and the tag,
/// where number and id are authenticated too. Format 1, from before there could be several keys, has no id, and is still read.
/// </remarks>
public sealed class MasterKey
{
    /// <summary>The bytes of an id.</summary>
    internal const int IdBytes = 8;

    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    private const byte Unnamed = 1, Named = 2;
    private readonly byte[] key;
    private readonly byte[] id;

    /// <param name="key">32 random bytes.</param>
    public MasterKey(byte[] key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"A master key is {KeyBytes} bytes, not {key.Length}.", nameof(key));
        this.key = key;
        id = SHA256.HashData([.. "ledger master key "u8, .. key])[..IdBytes];
    }

    /// <summary>16 hex digits, from a hash of the key: it names the key and tells nothing of it.</summary>
    public string Id => Convert.ToHexStringLower(id);

    /// <summary>As it stands in a file: base64 of its bytes.</summary>
    internal string Text => Convert.ToBase64String(key);

    /// <summary>How everything that this key has wrapped begins.</summary>
    internal byte[] Mark => [Named, .. id];

    internal static MasterKey New() => new(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The id of the key that wrapped this; null for format 1, which does not say.</summary>
    internal static string? IdOf(ReadOnlySpan<byte> wrapped) =>
        wrapped.Length > 1 + IdBytes && wrapped[0] == Named ? Convert.ToHexStringLower(wrapped.Slice(1, IdBytes)) : null;

    internal byte[] Wrap(byte[] secret)
    {
        var head = Mark;
        var wrapped = new byte[head.Length + NonceBytes + secret.Length + TagBytes];
        head.CopyTo(wrapped, 0);
        var nonce = wrapped.AsSpan(head.Length, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, secret, wrapped.AsSpan(head.Length + NonceBytes, secret.Length), wrapped.AsSpan(wrapped.Length - TagBytes), head);
        return wrapped;
    }

    /// <summary>As keys were wrapped before they had ids.</summary>
    internal byte[] WrapUnnamed(byte[] secret)
    {
        var wrapped = new byte[1 + NonceBytes + secret.Length + TagBytes];
        wrapped[0] = Unnamed;
        RandomNumberGenerator.Fill(wrapped.AsSpan(1, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(wrapped.AsSpan(1, NonceBytes), secret, wrapped.AsSpan(1 + NonceBytes, secret.Length), wrapped.AsSpan(wrapped.Length - TagBytes));
        return wrapped;
    }

    /// <summary>Null when another key wrapped it, or it was altered.</summary>
    internal byte[]? TryUnwrap(ReadOnlySpan<byte> wrapped)
    {
        var head = wrapped.Length == 0 ? 0 : wrapped[0] switch { Unnamed => 1, Named => 1 + IdBytes, _ => 0 };
        if (head == 0 || wrapped.Length <= head + NonceBytes + TagBytes) return null;
        if (head > 1 && !wrapped.Slice(1, IdBytes).SequenceEqual(id)) return null;

        var secret = new byte[wrapped.Length - head - NonceBytes - TagBytes];
        var inside = wrapped[head..];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(inside[..NonceBytes], inside.Slice(NonceBytes, secret.Length), inside[^TagBytes..], secret, head > 1 ? wrapped[..head] : default);
            return secret;
        }
        catch (AuthenticationTagMismatchException) { return null; }
    }
}
