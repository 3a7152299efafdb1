using System.Security.Cryptography;
using System.Text;

namespace Ledger.EventStore.PersonalData;

/// <summary>The key that wraps all others. It is kept outside the database; without it nothing personal can be read.</summary>
public sealed class MasterKey
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;
    private const byte Format = 1;
    private const int AttemptsMax = 200;
    private static readonly TimeSpan AttemptsApart = TimeSpan.FromMilliseconds(10);
    private readonly byte[] key;

    /// <param name="key">32 random bytes.</param>
    public MasterKey(byte[] key)
    {
        if (key.Length != KeyBytes) throw new ArgumentException($"A master key is {KeyBytes} bytes, not {key.Length}.", nameof(key));
        this.key = key;
    }

    /// <summary>Reads the key from its file (base64), or makes the file, readable by its owner alone.</summary>
    /// <remarks>However many processes start at once, one makes the key and all read it: the file is locked while it is empty.</remarks>
    public static MasterKey FromFile(string path)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!File.Exists(path) || new FileInfo(path).Length == 0) Make(path);
                return FromBase64(File.ReadAllText(path));
            }
            catch (IOException) when (attempt < AttemptsMax) { Thread.Sleep(AttemptsApart); }   // Another process has it open to make it.
        }
    }

    /// <exception cref="IOException">Another process is making it.</exception>
    private static void Make(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        if (file.Length > 0) return;
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));
        file.Flush(flushToDisk: true);
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
