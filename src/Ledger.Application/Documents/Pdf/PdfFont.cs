using System.Globalization;
using System.Text;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A font as one file uses it: the letters that were written are embedded, and can be copied out again.</summary>
/// <param name="name">What content calls it: <c>F1</c>.</param>
internal sealed class PdfFont(string name, TrueTypeFont font)
{
    /// <summary>What the box stands for, where nothing says what the text is.</summary>
    private const char Unknown = '\ufffd';

    private readonly SortedDictionary<ushort, char> used = [];

    public string Name => name;

    public double WidthOf(string text, double size) =>
        VisualText.Composed(text).EnumerateRunes().Sum(rune => font.WidthOf(GlyphOf(rune))) * size / 1000;

    /// <summary>Whether it has every letter: another is drawn as a box.</summary>
    public bool HasAll(string text) => text.EnumerateRunes().All(rune => GlyphOf(rune) != 0);

    /// <summary>The text as glyphs, in hexadecimal.</summary>
    public string Written(string text)
    {
        var glyphs = new StringBuilder(4 * text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = GlyphOf(rune);
            _ = used.TryAdd(glyph, glyph == 0 ? Unknown : (char)rune.Value);
            _ = glyphs.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }

        return glyphs.ToString();
    }

    /// <returns>The number of the font's object.</returns>
    public int WriteTo(PdfFile file)
    {
        var tagged = $"{Tag()}+{font.Name}";
        var bytes = FontSubset.Of(font, used.Keys);
        var program = file.AddPacked($"/Length1 {PdfFile.Text(bytes.Length)}", bytes);
        var descriptor = file.Add($"""
            << /Type /FontDescriptor /FontName /{tagged} /Flags 4 /FontBBox [{string.Join(' ', font.Box)}] /ItalicAngle 0
            /Ascent {font.Ascent} /Descent {font.Descent} /CapHeight {font.CapHeight} /StemV 80 /FontFile2 {program} 0 R >>
            """);
        var widths = string.Join(' ', used.Keys.Select(glyph => $"{glyph} [{font.WidthOf(glyph)}]"));
        var descendant = file.Add($"""
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /{tagged} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
            /FontDescriptor {descriptor} 0 R /DW 1000 /W [{widths}] /CIDToGIDMap /Identity >>
            """);
        var letters = file.AddPacked("", Encoding.ASCII.GetBytes(Letters()));
        return file.Add($"<< /Type /Font /Subtype /Type0 /BaseFont /{tagged} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {letters} 0 R >>");
    }

    private ushort GlyphOf(Rune rune) => rune.IsBmp ? font.GlyphOf((char)rune.Value) : (ushort)0;

    /// <summary>Six letters that say which part of the font this is: they follow from the letters used.</summary>
    private string Tag()
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.Unicode.GetBytes([.. used.Values]));
        return string.Concat(hash.Take(6).Select(one => (char)('A' + one % 26)));
    }

    /// <summary>Which letter each glyph stands for.</summary>
    private string Letters()
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def /CMapType 2 def
            1 begincodespacerange <0000> <FFFF> endcodespacerange

            """);
        foreach (var some in used.Chunk(100))
        {
            _ = map.Append(CultureInfo.InvariantCulture, $"{some.Length} beginbfchar\n");
            foreach (var (glyph, letter) in some) _ = map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{(int)letter:X4}>\n");
            _ = map.Append("endbfchar\n");
        }

        return map.Append("endcmap CMapName currentdict /CMap defineresource pop end end").ToString();
    }
}
