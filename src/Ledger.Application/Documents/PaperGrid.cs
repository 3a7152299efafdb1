using Ledger.Application.Documents.Pdf;

namespace Ledger.Application.Documents;

/// <summary>Where the columns of a table stand: numbers have the room that they need, texts share the rest and are broken.</summary>
/// <param name="Columns">From, to, and whether it is a number.</param>
internal sealed record PaperGrid(double From, double To, IReadOnlyList<(double From, double To, bool IsNumber)> Columns, PdfFont Font, double Size)
{
    /// <summary>Between a column's edge and its text.</summary>
    public const double Gap = 4;

    /// <summary>So that what just fits is not broken for the last digit of its width.</summary>
    private const double Slack = 0.01;

    public static PaperGrid Of(PaperTable table, PdfDocument pdf, double size, double left, double right)
    {
        var needed = table.Columns.Select((column, i) => Slack + 2 * Gap + table.Rows.Select(row => row.Cells[i]).Append(column.Heading)
            .Max(text => pdf.Bold.WidthOf(text, size))).ToList();
        if (table.IsSum) left = Math.Max(left, right - Math.Max(220, needed.Sum()));
        var widths = Widths(table, needed, right - left);
        var columns = new List<(double, double, bool)>();
        var at = left;
        for (var i = 0; i < widths.Count; i++)
        {
            columns.Add((at, at + widths[i], table.Columns[i].IsNumber));
            at += widths[i];
        }

        return new(left, right, columns, pdf.Bold, size);
    }

    /// <summary>Every column has what it needs, and the longest text what is left; where that is too little, other texts give way too.</summary>
    private static List<double> Widths(PaperTable table, List<double> needed, double all)
    {
        var texts = Enumerable.Range(0, needed.Count).Where(i => !table.Columns[i].IsNumber).ToList();
        var longest = texts.MaxBy(i => needed[i]);
        var share = (all - needed.Where((_, i) => table.Columns[i].IsNumber).Sum()) / texts.Count;
        var widths = needed.Select((width, i) => table.Columns[i].IsNumber ? width : Math.Min(width, share)).ToList();
        widths[longest] += all - widths.Sum();
        return widths;
    }

    /// <summary>The lines of each cell of a row.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Broken(PaperRow row) =>
        [.. row.Cells.Select((text, i) => Columns[i].IsNumber ? (IReadOnlyList<string>)[text] : [.. Lines(text, Columns[i].To - Columns[i].From - 2 * Gap, Size, Font)])];

    /// <summary>A text in lines that fit, broken between words; within one that is longer than a line.</summary>
    public static IEnumerable<string> Lines(string text, double width, double size, PdfFont font)
    {
        var line = "";
        foreach (var word in text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, width, size, font)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (font.WidthOf(longer, size) <= width) line = longer;
            else
            {
                if (line.Length > 0) yield return line;
                line = word;
            }
        }

        if (line.Length > 0) yield return line;
    }

    private static IEnumerable<string> Pieces(string word, double width, double size, PdfFont font)
    {
        var start = 0;
        for (var end = 1; end <= word.Length; end++)
        {
            if (end - start <= 1 || font.WidthOf(word[start..end], size) <= width) continue;
            yield return word[start..(end - 1)];
            start = end - 1;
        }

        yield return word[start..];
    }
}
