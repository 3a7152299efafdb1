using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime.Text;

namespace Ledger.EventStore.Verification;

/// <summary>The end of the log at some time, signed: published, it keeps anybody from cutting the log off before it.</summary>
/// <param name="Signature">ECDSA over P-256 with SHA-256, as base64 of the two numbers (IEEE P1363).</param>
/// <param name="KeyId">Which key; see <see cref="HeadKeys.IdOf"/>.</param>
public sealed record SignedHead(long Position, string Hash, Instant RecordedAt, string Signature, string KeyId)
{
    public static SignedHead Sign(LogHead head, ECDsa key)
    {
        var unsigned = new SignedHead(head.Position, head.Hash, head.RecordedAt, "", HeadKeys.IdOf(key));
        return unsigned with { Signature = Convert.ToBase64String(key.SignData(unsigned.Canonical(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>True when the holder of this key has signed just this.</summary>
    public bool IsSignedBy(ECDsa key)
    {
        var signature = new byte[64];
        return KeyId == HeadKeys.IdOf(key)
            && Convert.TryFromBase64String(Signature, signature, out var length)
            && key.VerifyData(Canonical(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <summary>One member a line, so that no two heads give the same text.</summary>
    private byte[] Canonical() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"ledger head 1\n{Position}\n{Hash}\n{InstantPattern.ExtendedIso.Format(RecordedAt)}\n{KeyId}\n"));
}
