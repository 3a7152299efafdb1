using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A picture as a PDF can have it: a JPEG as it is, a PNG without its alpha, which is a mask beside it.</summary>
/// <param name="Said">What is said of its pixels.</param>
/// <param name="Alpha">How opaque each pixel is, packed; null where all are.</param>
internal sealed record PdfImage(int Width, int Height, string Said, byte[] Content, byte[]? Alpha)
{
    /// <summary>More than this is not unpacked for the sake of a logo.</summary>
    private const long PixelsMax = 4_000_000;

    /// <summary>Null when it is of another kind, such as a WebP, or broken: then it is not shown.</summary>
    public static PdfImage? Of(byte[] file)
    {
        try { return file is [0xFF, 0xD8, ..] ? Jpeg(file) : file is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? Png(file) : null; }
        catch (Exception e) when (e is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException) { return null; }
    }

    /// <returns>The number of its object.</returns>
    public int WriteTo(PdfFile file)
    {
        var size = $"/Type /XObject /Subtype /Image /Width {Width} /Height {Height}";
        var mask = Alpha is null ? "" : $" /SMask {file.AddStream($"{size} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", Alpha)} 0 R";
        return file.AddStream($"{size} {Said}{mask}", Content);
    }

    private static PdfImage? Jpeg(byte[] file)
    {
        for (var at = 2; at + 9 < file.Length;)
        {
            if (file[at] != 0xFF) return null;
            var marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var space = file[at + 9] switch { 1 => "/DeviceGray", 3 => "/DeviceRGB", 4 => "/DeviceCMYK /Decode [1 0 1 0 1 0 1 0]", _ => null };
                return space is null ? null : new(U16(file, at + 7), U16(file, at + 5), $"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode", file, null);
            }

            at += marker is 0xFF ? 1 : 2 + U16(file, at + 2);
        }

        return null;
    }

    private static PdfImage? Png(byte[] file)
    {
        var (palette, transparent, packed) = (Array.Empty<byte>(), Array.Empty<byte>(), new MemoryStream());
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var content = file.AsSpan(at + 8, length);
            switch (Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "PLTE": palette = content.ToArray(); break;
                case "tRNS": transparent = content.ToArray(); break;
                case "IDAT": packed.Write(content); break;
            }

            at += 12 + length;
        }

        var (width, height, bits, kind, isInterlaced) = (U32(file, 16), U32(file, 20), file[24], file[25], file[28] != 0);
        if (isInterlaced || (long)width * height is 0 or > PixelsMax) return null;
        if (kind is 4 or 6) return bits == 8 ? WithAlpha(width, height, kind == 4 ? 1 : 3, packed) : null;

        var space = kind switch
        {
            0 => "/DeviceGray", 2 => "/DeviceRGB", 3 => $"[/Indexed /DeviceRGB {palette.Length / 3 - 1} <{Convert.ToHexString(palette)}>]", _ => throw new InvalidDataException(),
        };
        var said = $"/ColorSpace {space} /BitsPerComponent {bits}{Masked(kind, transparent)} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {(kind == 2 ? 3 : 1)} /BitsPerComponent {bits} /Columns {width} >>";
        return new(width, height, said, packed.ToArray(), null);
    }

    /// <summary>The one colour that is not drawn; of a palette, the first that is transparent.</summary>
    private static string Masked(byte kind, byte[] transparent)
    {
        if (transparent.Length == 0) return "";
        if (kind != 3) return $" /Mask [{string.Join(' ', Enumerable.Range(0, transparent.Length / 2).Select(i => $"{U16(transparent, 2 * i)} {U16(transparent, 2 * i)}"))}]";
        var clear = Array.IndexOf(transparent, (byte)0);
        return clear < 0 ? "" : $" /Mask [{clear} {clear}]";
    }

    private static PdfImage WithAlpha(int width, int height, int colors, MemoryStream packed)
    {
        var lines = Unfiltered(packed, height, width * (colors + 1), colors + 1);
        var (pixels, alpha) = (new byte[width * height * colors], new byte[width * height]);
        for (var i = 0; i < alpha.Length; i++)
        {
            lines.AsSpan(i * (colors + 1), colors).CopyTo(pixels.AsSpan(i * colors));
            alpha[i] = lines[i * (colors + 1) + colors];
        }

        return new(width, height, $"/ColorSpace {(colors == 1 ? "/DeviceGray" : "/DeviceRGB")} /BitsPerComponent 8 /Filter /FlateDecode", Packed(pixels), Packed(alpha));
    }

    /// <summary>The bytes of the pixels: each line of a PNG says how it follows from what is left of it and above it.</summary>
    private static byte[] Unfiltered(MemoryStream packed, int height, int line, int pixel)
    {
        packed.Position = 0;
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        var all = new byte[height * line];
        for (var row = 0; row < height; row++)
        {
            var filter = zip.ReadByte();
            var start = row * line;
            if (filter < 0 || zip.ReadAtLeast(all.AsSpan(start, line), line, throwOnEndOfStream: false) < line) throw new InvalidDataException();
            for (var i = start; i < start + line; i++)
            {
                int left = i - start >= pixel ? all[i - pixel] : 0, up = row > 0 ? all[i - line] : 0;
                var corner = i - start >= pixel && row > 0 ? all[i - line - pixel] : 0;
                var guess = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Nearest(left, up, corner), _ => throw new InvalidDataException() };
                all[i] = (byte)((all[i] + guess) & 0xFF);
            }
        }

        return all;
    }

    private static int Nearest(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static byte[] Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(content);
        return packed.ToArray();
    }

    private static int U16(byte[] file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private static int U32(byte[] file, int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
