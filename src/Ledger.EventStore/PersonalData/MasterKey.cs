using System.Security.Cryptography;

namespace Ledger.EventStore.PersonalData;

/// <summary>The key that wraps all others. It is kept outside the database; without it nothing personal can be read.</summary>
public sealed class MasterKey
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    private const byte Format = 1;
    private readonly byte[] key;

    /// <param name="key">32 random bytes.</param>
    public MasterKey(byte[] key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"A master key is {KeyBytes} bytes, not {key.Length}.", nameof(key));
        this.key = key;
    }

    /// <summary>Reads the key from its file (base64), or makes the file, readable by its owner alone.</summary>
    public static MasterKey FromFile(string path)
    {
        if (!File.Exists(path))
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var draft = $"{path}.{Guid.NewGuid():N}.new";   // Several processes may start at once.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
            using (var writer = new StreamWriter(draft, options)) writer.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            try { File.Move(draft, path, overwrite: false); }
            catch (IOException) when (File.Exists(path)) { File.Delete(draft); }   // Another process was first; its key counts.
        }

        return FromBase64(File.ReadAllText(path));
    }

    public static MasterKey FromBase64(string text) => new(Convert.FromBase64String(text.Trim()));

    internal byte[] Wrap(byte[] secret)
    {
        var wrapped = new byte[1 + NonceBytes + secret.Length + TagBytes];
        wrapped[0] = Format;
        var nonce = wrapped.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, secret, wrapped.AsSpan(1 + NonceBytes, secret.Length), wrapped.AsSpan(wrapped.Length - TagBytes));
        return wrapped;
    }

    /// <exception cref="CryptographicException">It was wrapped under another master key, or altered.</exception>
    internal byte[] Unwrap(byte[] wrapped)
    {
        if (wrapped.Length <= 1 + NonceBytes + TagBytes || wrapped[0] != Format) throw new CryptographicException("This is no wrapped key.");
        var secret = new byte[wrapped.Length - 1 - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(wrapped.AsSpan(1, NonceBytes), wrapped.AsSpan(1 + NonceBytes, secret.Length), wrapped.AsSpan(wrapped.Length - TagBytes), secret);
        return secret;
    }
}
