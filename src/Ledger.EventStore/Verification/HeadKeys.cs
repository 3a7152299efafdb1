using System.Security.Cryptography;

namespace Ledger.EventStore.Verification;

/// <summary>The keys that sign heads: P-256, in PEM files outside the database.</summary>
public static class HeadKeys
{
    /// <summary>Makes a key pair: the private key at this path, for its owner alone, and the public one beside it as <c>.pub</c>.</summary>
    /// <exception cref="IOException">There is a file already; a key is never overwritten.</exception>
    public static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Write(path, key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Write(PublicPathOf(path), key.ExportSubjectPublicKeyInfoPem(),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>A key of either kind, as its file says.</summary>
    /// <exception cref="CryptographicException">The file has no P-256 key.</exception>
    public static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.KeySize == 256 ? key : throw new CryptographicException("The key is not of the curve P-256.");
        }
        catch (ArgumentException e)
        {
            key.Dispose();
            throw new CryptographicException("The file has no key in PEM form.", e);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public static string PublicPathOf(string path) => path + ".pub";

    /// <summary>Names a key by its public half: the first 16 hex digits of the SHA-256 of its SubjectPublicKeyInfo.</summary>
    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    private static void Write(string path, string pem, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode };
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(pem);
    }
}
