using System.Buffers.Binary;

namespace Ledger.Api.Tenancy;

/// <summary>What an image says of itself in its first bytes: a PNG, a JPEG or a WebP, and how large.</summary>
internal sealed record ImageHeader(string ContentType, int Width, int Height)
{
    public bool IsLargerThan(int pixels) => Width > pixels || Height > pixels;

    /// <summary>Null when it is none of them, or its header is not whole.</summary>
    public static ImageHeader? Of(ReadOnlySpan<byte> file)
    {
        var found = Png(file) ?? Jpeg(file) ?? WebP(file);
        return found is { Width: > 0, Height: > 0 } ? found : null;
    }

    private static ImageHeader? Png(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> start = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        if (file.Length < 45 || !file.StartsWith(start)) return null;
        var (depth, color) = (file[24], file[25]);
        var isKnown = depth is 1 or 2 or 4 or 8 or 16 && color is 0 or 2 or 3 or 4 or 6 && file[26] == 0 && file[27] == 0 && file[28] <= 1;
        return isKnown ? new("image/png", BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..])) : null;
    }

    /// <summary>Segment by segment until the one that begins the frame.</summary>
    private static ImageHeader? Jpeg(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])) return null;
        for (var at = 2; at + 9 < file.Length;)
        {
            if (file[at] != 0xff) return null;
            var marker = file[at + 1];
            if (marker == 0xff)   // Any number of these may stand before a marker.
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || marker is 0x00 or 0x01 or (>= 0xd0 and <= 0xda)) return null;
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
                return length >= 11 && file[at + 4] is 8 or 12
                    ? new("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..])) : null;
            at += 2 + length;
        }

        return null;
    }

    /// <summary>Of its three kinds: lossy, lossless and extended.</summary>
    private static ImageHeader? WebP(ReadOnlySpan<byte> file)
    {
        if (file.Length < 30 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBPVP8"u8)) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L > file.Length) return null;
        var (bits, isFrame) = (BinaryPrimitives.ReadUInt32LittleEndian(file[21..]), file[23..].StartsWith((ReadOnlySpan<byte>)[0x9d, 0x01, 0x2a]));
        return file[15] switch
        {
            (byte)' ' when isFrame => WebP(
                BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3fff, BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3fff),
            (byte)'L' when file[20] == 0x2f => WebP((int)(bits & 0x3fff) + 1, (int)(bits >> 14 & 0x3fff) + 1),
            (byte)'X' => WebP(UInt24(file[24..]) + 1, UInt24(file[27..]) + 1),
            _ => null,
        };
    }

    private static ImageHeader WebP(int width, int height) => new("image/webp", width, height);

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
