namespace Ledger.Application.Documents.Pdf;

/// <summary>What a part of the content is, for those who have it read to them: a heading, a table, one of its cells.</summary>
/// <param name="kind">As in the PDF standard: <c>H1</c>, <c>Table</c>, <c>TD</c>.</param>
internal sealed class PdfTag(string kind, PdfTag? parent, string? alternative)
{
    private readonly List<object> parts = [];

    public PdfTag? Parent => parent;

    /// <summary>The number of its object, once it is written.</summary>
    public int Number { get; private set; }

    public PdfTag Begin(string inner, string? text)
    {
        var tag = new PdfTag(inner, this, text);
        parts.Add(tag);
        return tag;
    }

    /// <summary>Content of a page belongs to it, by the mark that the content has there.</summary>
    public void Holds(PdfPage page, int mark) => parts.Add((page, mark));

    public void WriteTo(PdfFile file, int above)
    {
        Number = file.Reserve();
        foreach (var inner in parts.OfType<PdfTag>()) inner.WriteTo(file, Number);
        var kids = parts.Select(part => part is (PdfPage page, int mark)
            ? $"<< /Type /MCR /Pg {page.Number} 0 R /MCID {mark} >>"
            : $"{((PdfTag)part).Number} 0 R");
        var more = (kind is "TH" ? " /A << /O /Table /Scope /Column >>" : "") + (alternative is null ? "" : $" /Alt {PdfFile.Quoted(alternative)}");
        file.Set(Number, $"<< /Type /StructElem /S /{kind} /P {above} 0 R{more} /K [{string.Join(' ', kids)}] >>");
    }
}
