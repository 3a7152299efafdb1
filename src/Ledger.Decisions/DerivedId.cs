using System.Security.Cryptography;
using System.Text;

namespace Ledger.Decisions;

/// <summary>Ids that follow from what they stand for, so that making a thing twice makes it once.</summary>
public static class DerivedId
{
    /// <summary>The UUIDv5 of a name within a namespace (RFC 9562, 5.5).</summary>
    public static Guid Of(Guid scope, string name)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(name.Length)];
        _ = scope.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // The RFC says SHA-1; it names, it does not protect.
        _ = SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The id of a thing of a tenant that has a natural key.</summary>
    public static Guid Of(string tenant, string kind, string naturalKey) =>
        Of(LedgerScope, $"{tenant}\n{kind}\n{naturalKey}");

    private static readonly Guid LedgerScope = Guid.Parse("4a2f8c0e-6b1d-5d59-9c61-0f1d0c2e7a11");
}
