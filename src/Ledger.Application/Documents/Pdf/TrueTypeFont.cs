using System.Buffers.Binary;
using System.Text;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A TrueType font: what it takes to measure text and to embed it. Measures are in thousandths of the font's size.</summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] bytes;
    private readonly Dictionary<string, (int Offset, int Length)> tables = [];
    private readonly Dictionary<char, ushort> glyphs = [];
    private readonly int unitsPerEm, longMetrics;

    public TrueTypeFont(string name, byte[] bytes)
    {
        (Name, this.bytes) = (name, bytes);
        for (var i = 0; i < U16(4); i++)
        {
            var row = 12 + 16 * i;
            tables[Encoding.ASCII.GetString(bytes, row, 4)] = ((int)U32(row + 8), (int)U32(row + 12));
        }

        unitsPerEm = U16(At("head") + 18);
        GlyphCount = U16(At("maxp") + 4);
        longMetrics = U16(At("hhea") + 34);
        ReadCharacters();
    }

    /// <summary>Its PostScript name.</summary>
    public string Name { get; }

    public int GlyphCount { get; }

    public int Ascent => Scaled(I16(At("hhea") + 4));

    public int Descent => Scaled(I16(At("hhea") + 6));

    public int CapHeight => Scaled(I16(At("OS/2") + 88));

    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(i => Scaled(I16(At("head") + 36 + 2 * i)))];

    /// <summary>0, which is drawn as a box, for what the font does not have.</summary>
    public ushort GlyphOf(char letter) => glyphs.GetValueOrDefault(letter);

    public int WidthOf(ushort glyph) => Scaled(U16(Metric(Math.Min(glyph, longMetrics - 1))));

    internal ReadOnlySpan<byte> Table(string tag) => tables.TryGetValue(tag, out var at) ? bytes.AsSpan(at.Offset, at.Length) : [];

    /// <summary>The outline of a glyph; empty for a space.</summary>
    internal ReadOnlySpan<byte> Outline(int glyph)
    {
        var isLong = U16(At("head") + 50) == 1;
        var (from, to) = isLong
            ? ((int)U32(At("loca") + 4 * glyph), (int)U32(At("loca") + 4 * glyph + 4))
            : (2 * U16(At("loca") + 2 * glyph), 2 * U16(At("loca") + 2 * glyph + 2));
        return bytes.AsSpan(At("glyf") + from, to - from);
    }

    /// <summary>The advance and the left side bearing of a glyph, in the font's units.</summary>
    internal (ushort Advance, short Bearing) MetricOf(int glyph) => glyph < longMetrics
        ? (U16(Metric(glyph)), I16(Metric(glyph) + 2))
        : (U16(Metric(longMetrics - 1)), I16(At("hmtx") + 4 * longMetrics + 2 * (glyph - longMetrics)));

    private int Metric(int glyph) => At("hmtx") + 4 * glyph;

    /// <summary>The table of characters that every font of today has: Unicode's first plane, in runs.</summary>
    private void ReadCharacters()
    {
        var all = At("cmap");
        var place = Enumerable.Range(0, U16(all + 2)).Select(i => all + (int)U32(all + 8 + 8 * i)).First(one => U16(one) == 4);
        var runs = U16(place + 6) / 2;
        var (ends, starts, deltas, offsets) = (place + 14, place + 16 + 2 * runs, place + 16 + 4 * runs, place + 16 + 6 * runs);
        for (var run = 0; run < runs; run++)
        {
            var offset = U16(offsets + 2 * run);
            for (int letter = U16(starts + 2 * run); letter <= U16(ends + 2 * run) && letter < 0xFFFF; letter++)
            {
                var found = offset == 0 ? letter : U16(offsets + 2 * run + offset + 2 * (letter - U16(starts + 2 * run)));
                if (found != 0) glyphs[(char)letter] = (ushort)((found + U16(deltas + 2 * run)) & 0xFFFF);
            }
        }
    }

    private int Scaled(int units) => (int)Math.Round(units * 1000.0 / unitsPerEm);

    private int At(string tag) => tables[tag].Offset;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    private short I16(int at) => BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
}
