using System.Buffers.Binary;
using System.Text;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A font with the outlines of some of its glyphs. They keep their numbers; the others are empty.</summary>
internal static class FontSubset
{
    private static readonly string[] Copied = ["cvt ", "fpgm", "prep"];

    public static byte[] Of(TrueTypeFont font, IEnumerable<ushort> used)
    {
        var glyphs = WithParts(font, used);
        var count = glyphs.Max + 1;
        var outlines = new MemoryStream();
        var places = new byte[4 * (count + 1)];
        var metrics = new byte[4 * count];
        for (var glyph = 0; glyph < count; glyph++)
        {
            if (glyphs.Contains(glyph)) outlines.Write(font.Outline(glyph));
            while (outlines.Length % 4 != 0) outlines.WriteByte(0);
            BinaryPrimitives.WriteUInt32BigEndian(places.AsSpan(4 * glyph + 4), (uint)outlines.Length);
            var (advance, bearing) = font.MetricOf(glyph);
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(4 * glyph), advance);
            BinaryPrimitives.WriteInt16BigEndian(metrics.AsSpan(4 * glyph + 2), bearing);
        }

        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = outlines.ToArray(), ["loca"] = places, ["hmtx"] = metrics,
            ["head"] = With(font.Table("head"), (8, 0), (10, 0), (50, 1)), ["maxp"] = With(font.Table("maxp"), (4, count)),
            ["hhea"] = With(font.Table("hhea"), (34, count)),
        };
        foreach (var tag in Copied) if (font.Table(tag) is { Length: > 0 } table) tables[tag] = table.ToArray();
        return Assemble(tables);
    }

    /// <summary>A letter with an accent is made of others, which come along.</summary>
    private static SortedSet<int> WithParts(TrueTypeFont font, IEnumerable<ushort> used)
    {
        var all = new SortedSet<int> { 0 };
        var open = new Stack<int>(used.Select(one => (int)one));
        while (open.TryPop(out var glyph))
        {
            if (!all.Add(glyph)) continue;
            var outline = font.Outline(glyph);
            if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) continue;
            for (var at = 10; ;)
            {
                var flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
                open.Push(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
                at += 4 + ((flags & 0x1) != 0 ? 4 : 2) + ((flags & 0x8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
                if ((flags & 0x20) == 0) break;
            }
        }

        return all;
    }

    private static byte[] With(ReadOnlySpan<byte> table, params ReadOnlySpan<(int At, int Value)> changes)
    {
        var copy = table.ToArray();
        foreach (var (at, value) in changes) BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), (ushort)value);
        return copy;
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var power = (int)Math.Log2(tables.Count);
        var file = new MemoryStream();
        Write(file, 0x00010000u);
        foreach (var number in (int[])[tables.Count, 16 << power, power, 16 * tables.Count - (16 << power)]) Write(file, (ushort)number);
        var offset = 12 + 16 * tables.Count;
        foreach (var (tag, table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(tag));
            Write(file, Sum(table));
            Write(file, (uint)offset);
            Write(file, (uint)table.Length);
            offset += (table.Length + 3) / 4 * 4;
        }

        foreach (var table in tables.Values)
        {
            file.Write(table);
            while (file.Length % 4 != 0) file.WriteByte(0);
        }

        return file.ToArray();
    }

    private static uint Sum(byte[] table)
    {
        var sum = 0u;
        for (var i = 0; i < table.Length; i++) sum = unchecked(sum + ((uint)table[i] << (24 - 8 * (i % 4))));
        return sum;
    }

    private static void Write(MemoryStream file, uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        file.Write(four);
    }

    private static void Write(MemoryStream file, ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, value);
        file.Write(two);
    }
}
