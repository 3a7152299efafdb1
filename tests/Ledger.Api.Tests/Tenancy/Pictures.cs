using System.Buffers.Binary;

namespace Ledger.Api.Tests.Tenancy;

/// <summary>The least that says of itself that it is a picture of this size.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        byte[] file = [0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 6, 0, 0, 0, .. new byte[4], 0, 0, 0, 0, .. "IEND"u8, 0xae, 0x42, 0x60, 0x82];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    /// <summary>With a segment before the one that has the size.</summary>
    public static byte[] Jpeg(int width, int height) =>
    [
        0xff, 0xd8, 0xff, 0xe0, 0, 16, .. "JFIF\0"u8, .. new byte[9], 0xff, 0xff, 0xc0, 0, 17, 8, High(height), Low(height), High(width), Low(width), 3,
        .. new byte[9], 0xff, 0xd9,
    ];

    /// <summary>An extended one.</summary>
    public static byte[] WebP(int width, int height) =>
    [
        .. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0,
        Low(width - 1), High(width - 1), 0, Low(height - 1), High(height - 1), 0,
    ];

    private static byte High(int value) => (byte)(value >> 8 & 0xff);

    private static byte Low(int value) => (byte)(value & 0xff);
}
