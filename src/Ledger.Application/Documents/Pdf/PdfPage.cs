using System.Globalization;
using System.Text;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A page of A4, in points from its upper left corner. What is drawn is content of the tag that is open, or decoration.</summary>
internal sealed class PdfPage(PdfDocument document, int number)
{
    public const double Width = 595, Height = 842;

    private readonly StringBuilder content = new();
    private readonly List<PdfTag> marked = [];
    private bool isDecoration;

    /// <summary>The number of its object.</summary>
    public int Number => number;

    /// <param name="y">Of the line that the letters stand on.</param>
    /// <param name="color">As <c>#1a2b3c</c>.</param>
    public void Text(double x, double y, string text, PdfFont font, double size, string color = "#000000")
    {
        if (text.Length == 0) return;
        var read = VisualText.Composed(text);
        var drawn = VisualText.Of(read);

        // What is copied out is the text as it is read, also where letters are drawn as boxes. What runs from the right is put back by readers.
        var hasBoxes = !font.HasAll(read);
        Marked(() =>
        {
            if (hasBoxes) Add($"/Span << /ActualText <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(drawn))}> >> BDC");
            Add($"BT {Color(color)} rg /{font.Name} {PdfFile.Text(size)} Tf {PdfFile.Text(x)} {PdfFile.Text(Height - y)} Td <{font.Written(drawn)}> Tj ET");
            if (hasBoxes) Add("EMC");
        });
    }

    public void Image(double x, double y, double width, double height) =>
        Marked(() => Add($"q {PdfFile.Text(width)} 0 0 {PdfFile.Text(height)} {PdfFile.Text(x)} {PdfFile.Text(Height - y - height)} cm /Logo Do Q"));

    public void Box(double x, double y, double width, double height, string color) => Decoration(() =>
        Add($"{Color(color)} rg {PdfFile.Text(x)} {PdfFile.Text(Height - y - height)} {PdfFile.Text(width)} {PdfFile.Text(height)} re f"));

    /// <summary>What says nothing that is not said elsewhere: lines, and what every page repeats.</summary>
    public void Decoration(Action draw)
    {
        if (isDecoration)
        {
            draw();
            return;
        }

        Add("/Artifact BMC");
        isDecoration = true;
        draw();
        isDecoration = false;
        Add("EMC");
    }

    private void Marked(Action draw)
    {
        if (isDecoration) draw();
        else
        {
            Add($"/{document.Open.Kind} << /MCID {marked.Count} >> BDC");
            document.Open.Tag.Holds(this, marked.Count);
            marked.Add(document.Open.Tag);
            draw();
            Add("EMC");
        }
    }

    /// <param name="index">Its place among the pages.</param>
    public void WriteTo(PdfFile file, int pages, string resources, int index)
    {
        var drawn = file.AddPacked("", Encoding.Latin1.GetBytes(content.ToString()));
        file.Set(number, $"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 {PdfFile.Text(Width)} {PdfFile.Text(Height)}] /Resources << {resources} >> /Contents {drawn} 0 R /StructParents {index} /Tabs /S >>");
    }

    /// <summary>The tags of its marks, as their order is.</summary>
    public string Marks => $"[{string.Join(' ', marked.Select(tag => $"{tag.Number} 0 R"))}]";

    private void Add(string operators) => content.Append(operators).Append('\n');

    private static string Color(string color) =>
        string.Join(' ', Enumerable.Range(0, 3).Select(i => PdfFile.Text(int.Parse(color.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)));
}
