using System.Globalization;
using Ledger.Application.Documents.Pdf;

namespace Ledger.Application.Documents;

/// <summary>Sets a paper on pages: pure, from what is said to the bytes of a PDF.</summary>
internal sealed class PaperLayout
{
    private const double Left = 50, Right = PdfPage.Width - 50, Top = 50, Bottom = PdfPage.Height - 60, LogoWidth = 150, LogoHeight = 50;
    private const string Grey = "#666666";

    private readonly Paper paper;
    private readonly PaperLook look;
    private readonly PdfImage? logo;
    private readonly PdfDocument pdf;
    private PdfPage page;
    private double y = Top;

    private PaperLayout(Paper paper)
    {
        this.paper = paper;
        look = PaperLook.Of(paper.Template, paper.From.Color);
        logo = paper.From.Logo is { } file ? PdfImage.Of(file) : null;
        pdf = new(paper.Language, Title, paper.From.Name, paper.Date, PaperFonts.Regular, PaperFonts.Bold, logo);
        page = pdf.AddPage();
    }

    private string Title => paper.Number is null ? paper.Title : $"{paper.Title} {paper.Number}";

    public static byte[] Write(Paper paper)
    {
        var layout = new PaperLayout(paper);
        layout.Head();
        foreach (var table in paper.Tables) layout.Table(table);
        layout.Notes();
        layout.Footers();
        return layout.pdf.Write();
    }

    private void Head()
    {
        if (look.HasBand) page.Box(0, 0, PdfPage.Width, 12, look.Accent);
        var from = Sender();
        var title = Top + 16;
        using (pdf.Tag("H1")) RightText(Right, title, paper.Title, pdf.Bold, 18, look.Accent);
        using (pdf.Tag("P")) RightText(Right, title + 18, paper.Number ?? "", pdf.Regular, 11, look.Accent);
        y = Math.Max(from, title + 30) + 24;

        var (to, facts) = (y, y);
        foreach (var line in paper.To.SelectMany(one => Broken(one, 250, look.Size + 1))) Line(Left, ref to, line, to == y ? pdf.Bold : pdf.Regular, look.Size + 1);
        foreach (var fact in paper.Facts)
        {
            using var tag = pdf.Tag("P");
            page.Text(340, facts, fact.Label, pdf.Regular, look.Size, Grey);
            RightText(Right, facts, fact.Value, pdf.Regular, look.Size);
            facts += look.Leading;
        }

        y = Math.Max(to, facts) + 16;
    }

    /// <returns>Where what stands at the left of the head ends.</returns>
    private double Sender()
    {
        var at = Top;
        if (logo is not null)
        {
            var scale = Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height);
            using (pdf.Tag("Figure", paper.From.Name)) page.Image(Left, at, logo.Width * scale, logo.Height * scale);
            at += logo.Height * scale + 16;
        }
        else at += 16;

        foreach (var line in Broken(paper.From.Name, 250, 13, pdf.Bold)) Line(Left, ref at, line, pdf.Bold, 13);
        foreach (var line in paper.From.Address) Line(Left, ref at, line, pdf.Regular, look.Size);
        if (paper.From.TaxNumber is { } tax) Line(Left, ref at, tax, pdf.Regular, look.Size);
        return at;
    }

    private void Table(PaperTable table)
    {
        var grid = PaperGrid.Of(table, pdf, look.Size, Left, Right);
        var rows = table.Rows.Select(row => grid.Broken(row)).ToList();
        var whole = rows.Sum(Height) + 3 * look.Leading;
        if (table.Heading is not null) y += look.Leading;
        if (rows.Count <= 12 ? y + whole > Bottom : y + 4 * look.Leading > Bottom) NextPage();
        if (table.Heading is { } heading)
        {
            using (pdf.Tag("H2")) page.Text(Left, y, heading, pdf.Bold, look.Size + 1.5, look.Accent);
            y += 6;
        }

        using var tag = pdf.Tag("Table");
        if (!table.IsSum) using (pdf.Tag("TR")) TableHead(table, grid, "TH");
        foreach (var (row, cells) in table.Rows.Zip(rows))
        {
            if (y + Height(cells) > Bottom)
            {
                NextPage();
                if (!table.IsSum) page.Decoration(() => TableHead(table, grid, null));
            }

            Row(grid, cells, row.IsStrong);
        }

        y += look.Leading;
    }

    /// <param name="kind">Null where it is repeated on a page after the first.</param>
    private void TableHead(PaperTable table, PaperGrid grid, string? kind)
    {
        var height = look.Leading + 2 * look.Padding;
        if (look.HasBand) page.Box(grid.From, y, grid.To - grid.From, height, look.Accent);
        var color = look.HasBand ? look.OnAccent : look.Accent;
        foreach (var (column, i) in table.Columns.Select((column, i) => (column, i)))
        {
            using var tag = kind is null ? null : pdf.Tag(kind);
            Cell(grid, i, y + look.Padding + look.Size, column.Heading, pdf.Bold, color);
        }

        y += height;
        if (!look.HasBand) page.Box(grid.From, y - 1, grid.To - grid.From, 0.8, look.Accent);
    }

    private void Row(PaperGrid grid, IReadOnlyList<IReadOnlyList<string>> cells, bool isStrong)
    {
        var font = isStrong ? pdf.Bold : pdf.Regular;
        using (pdf.Tag("TR"))
        {
            for (var i = 0; i < cells.Count; i++)
            {
                using var tag = pdf.Tag("TD");
                for (var line = 0; line < cells[i].Count; line++)
                    Cell(grid, i, y + look.Padding + look.Size + line * look.Leading, cells[i][line], font, "#000000");
            }
        }

        y += Height(cells);
        page.Box(grid.From, y, grid.To - grid.From, 0.4, "#cccccc");
    }

    private void Cell(PaperGrid grid, int column, double at, string text, PdfFont font, string color)
    {
        var (from, to, isNumber) = grid.Columns[column];
        if (isNumber) RightText(to - PaperGrid.Gap, at, text, font, look.Size, color);
        else page.Text(from + PaperGrid.Gap, at, text, font, look.Size, color);
    }

    private double Height(IReadOnlyList<IReadOnlyList<string>> cells) => Math.Max(1, cells.Max(lines => lines.Count)) * look.Leading + 2 * look.Padding;

    private void Notes()
    {
        y += look.Leading;
        foreach (var line in paper.Notes.SelectMany(note => Broken(note, Right - Left, look.Size)))
        {
            if (y + look.Leading > Bottom) NextPage();
            Line(Left, ref y, line, pdf.Regular, look.Size);
        }
    }

    private void NextPage()
    {
        page = pdf.AddPage();
        page.Decoration(() => page.Text(Left, Top, $"{paper.From.Name} · {Title}", pdf.Regular, look.Size, Grey));
        y = Top + 2 * look.Leading;
    }

    private void Footers()
    {
        foreach (var (one, i) in pdf.Pages.Select((one, i) => (one, i)))
        {
            var count = string.Format(CultureInfo.InvariantCulture, paper.PageOf, i + 1, pdf.Pages.Count);
            one.Decoration(() =>
            {
                one.Text(Left, PdfPage.Height - 32, string.Join(" · ", new[] { paper.From.Name, paper.From.TaxNumber }.OfType<string>()), pdf.Regular, 8, Grey);
                one.Text(Right - pdf.Regular.WidthOf(count, 8), PdfPage.Height - 32, count, pdf.Regular, 8, Grey);
            });
        }
    }

    private void Line(double x, ref double at, string text, PdfFont font, double size)
    {
        using var tag = pdf.Tag("P");
        page.Text(x, at, text, font, size);
        at += size * 1.3;
    }

    private void RightText(double right, double at, string text, PdfFont font, double size, string color = "#000000") =>
        page.Text(right - font.WidthOf(text, size), at, text, font, size, color);

    private IEnumerable<string> Broken(string text, double width, double size, PdfFont? font = null) => PaperGrid.Lines(text, width, size, font ?? pdf.Regular);
}
