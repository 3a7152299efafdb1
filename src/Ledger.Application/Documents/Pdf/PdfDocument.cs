using System.Globalization;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A PDF that can be read aloud: all of its text stands in tags, in the order in which it is read (PDF/UA).</summary>
/// <param name="language">As <c>is</c> or <c>en-GB</c>.</param>
internal sealed class PdfDocument(string language, string title, string author, LocalDate date, TrueTypeFont regular, TrueTypeFont bold, PdfImage? logo)
{
    private readonly PdfFile file = new();
    private readonly List<PdfPage> pages = [];
    private readonly PdfTag top = new("Document", null, null);
    private (string Kind, PdfTag Tag)? open;

    public PdfFont Regular { get; } = new("F1", regular);

    public PdfFont Bold { get; } = new("F2", bold);

    public IReadOnlyList<PdfPage> Pages => pages;

    /// <summary>The tag that content belongs to.</summary>
    public (string Kind, PdfTag Tag) Open => open ?? ("Document", top);

    public PdfPage AddPage()
    {
        pages.Add(new(this, file.Reserve()));
        return pages[^1];
    }

    /// <summary>All that is written until it is disposed of is inside this tag.</summary>
    /// <param name="alternative">What is read in place of a picture.</param>
    public IDisposable Tag(string kind, string? alternative = null)
    {
        var before = open;
        open = (kind, Open.Tag.Begin(kind, alternative));
        return new Closing(() => open = before);
    }

    public byte[] Write()
    {
        var tree = file.Reserve();
        top.WriteTo(file, tree);
        var places = string.Join(' ', pages.Select((page, i) => $"{i} {page.Marks}"));
        file.Set(tree, $"<< /Type /StructTreeRoot /K {top.Number} 0 R /ParentTree << /Nums [{places}] >> /ParentTreeNextKey {pages.Count} >>");

        var picture = logo is null ? "" : $" /XObject << /Logo {logo.WriteTo(file)} 0 R >>";
        var resources = $"/Font << /F1 {Regular.WriteTo(file)} 0 R /F2 {Bold.WriteTo(file)} 0 R >>{picture}";
        var all = file.Reserve();
        foreach (var (page, i) in pages.Select((page, i) => (page, i))) page.WriteTo(file, all, resources, i);
        file.Set(all, $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select(page => $"{page.Number} 0 R"))}] >>");

        var metadata = file.AddStream("/Type /Metadata /Subtype /XML", System.Text.Encoding.UTF8.GetBytes(Metadata()));
        var catalog = file.Add($"""
            << /Type /Catalog /Pages {all} 0 R /StructTreeRoot {tree} 0 R /MarkInfo << /Marked true >> /Lang ({language}) /Metadata {metadata} 0 R
            /ViewerPreferences << /DisplayDocTitle true >> >>
            """);
        var day = date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var about = file.Add($"<< /Title {PdfFile.Quoted(title)} /Author {PdfFile.Quoted(author)} /Producer (Ledger) /CreationDate (D:{day}000000Z) /ModDate (D:{day}000000Z) >>");
        return file.Write(catalog, about);
    }

    private string Metadata() => $"""
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{System.Security.SecurityElement.Escape(title)}</rdf:li></rdf:Alt></dc:title>
        <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="r"?>
        """;

    private sealed class Closing(Action close) : IDisposable
    {
        public void Dispose() => close();
    }
}
