using Ledger.Application.Documents;
using Ledger.Domain.Tenancy;
using Ledger.Workers.Tests.Accounting;
using static Ledger.Workers.Tests.Documents.PaperExamples;

namespace Ledger.Workers.Tests.Documents;

public class PaperTests
{
    [Fact]
    public void The_same_paper_gives_the_same_bytes()
    {
        var first = Write(DocumentLanguage.Is, PdfTemplate.Modern, 3, Png());
        Write(DocumentLanguage.Is, PdfTemplate.Modern, 3, Png()).ShouldBe(first);
        Write(DocumentLanguage.Is, PdfTemplate.Modern, 4, Png()).ShouldNotBe(first);
    }

    [ProgramFact("pdftotext")]
    public void What_it_says_can_be_copied_out()
    {
        var text = Poppler.Text(Write(DocumentLanguage.Is, PdfTemplate.Classic, 3));
        foreach (var said in new[]
        {
            "Reikningur", "INV-000042", "Brauðgerð Æðarvogs ehf.", "Þórsgötu 1", "VSK-númer 12345", "Sæunn Ðórhallsdóttir Åkjær", "Bøgevej 3", "8000 Århus", "1.11.2025",
            "15.11.2025", "1.11.2025 – 30.11.2025", "smørrebrød nr. 1", "1.501 kr.", "3.002 kr.", "24 %", "11 %", "9.012 kr.", "-1.000 kr.", "8.012 kr.", "Sundurliðun VSK", "Merkið: öryggi",
            "Síða 1 af 1",
        }) text.ShouldContain(said);
    }

    [ProgramFact("pdftotext")]
    public void What_runs_from_the_right_or_is_drawn_as_boxes_is_copied_out_as_it_is_read()
    {
        foreach (var (name, copied) in new[]
        {
            ("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd 123", "\u05e9\u05dc\u05d5\u05dd"),
            ("\u5c71\u7530\u592a\u90ce", "\u5c71\u7530\u592a\u90ce"), ("Jo\u0301n Cafe\u0301", "J\u00f3n Caf\u00e9"),
        })
        {
            var frame = Frame(DocumentLanguage.En, PdfTemplate.Classic);
            frame = frame with { Details = frame.Details with { FullName = name } };
            Poppler.Text(PaperLayout.Write(InvoicePaper.Of(Invoice(Dkk, 1), frame))).ShouldContain(copied);
        }
    }

    [ProgramFact("pdftotext")]
    public void Amounts_and_dates_are_written_as_the_language_writes_them()
    {
        Poppler.Text(PaperLayout.Write(InvoicePaper.Of(Invoice(Dkk, 70), Frame(DocumentLanguage.Da, PdfTemplate.Compact)))).ShouldContain("2.149,70 kr.");
        var english = Poppler.Text(PaperLayout.Write(InvoicePaper.Of(Invoice(Eur, 70), Frame(DocumentLanguage.En, PdfTemplate.Compact))));
        english.ShouldContain("EUR 2,149.70");
        english.ShouldContain("1 Nov 2025");
        english.ShouldContain("Prices include tax.");
    }

    [ProgramFact("pdftotext")]
    public void Many_lines_go_on_over_pages_and_none_is_lost()
    {
        var pdf = Write(DocumentLanguage.Da, PdfTemplate.Classic, 200);
        var text = Poppler.Text(pdf);
        var pages = text.Split('\f', StringSplitOptions.RemoveEmptyEntries);
        pages.Length.ShouldBeGreaterThan(5);
        for (var i = 0; i < pages.Length; i++)
        {
            pages[i].ShouldContain($"Side {i + 1} af {pages.Length}");
            if (i > 0) pages[i].ShouldContain("Faktura INV-000042");
        }

        for (var i = 1; i <= 200; i++) text.ShouldContain($"nr. {i}, ");
        Poppler.About(pdf).ShouldContain("Title:           Faktura INV-000042");
    }

    [ProgramFact("pdfinfo")]
    public void It_can_be_read_aloud()
    {
        var pdf = Write(DocumentLanguage.En, PdfTemplate.Modern, 3, Png());
        Poppler.About(pdf).ShouldContain("Tagged:          yes");
        var structure = Poppler.Structure(pdf);
        foreach (var tag in new[] { "H1", "Table", "TR", "TH", "TD", "Figure" }) structure.ShouldContain(tag);
        structure.ShouldContain("Description");
        structure.ShouldNotContain("Page 1 of 1", Case.Sensitive, "What every page repeats is decoration.");
        Poppler.Fonts(pdf).Split('\n').Where(line => line.Contains("Liberation", StringComparison.Ordinal)).ShouldAllBe(line => line.Contains("yes yes yes", StringComparison.Ordinal));
    }

    [ProgramFact("pdftoppm")]
    public void It_is_drawn()
    {
        var plain = Poppler.Pages(Write(DocumentLanguage.Is, PdfTemplate.Modern, 40)).ShouldAllDraw();
        var logo = Poppler.Pages(Write(DocumentLanguage.Is, PdfTemplate.Modern, 40, Png())).ShouldAllDraw();
        Dark(logo[0], 50, 50, 40, 30).ShouldBeGreaterThan(Dark(plain[0], 50, 50, 40, 30), "The logo is there.");
    }

    [Theory]
    [InlineData("RIFF    WEBPVP8 ")]
    [InlineData("nothing")]
    public void A_logo_that_cannot_be_shown_is_left_out(string file) => Write(DocumentLanguage.En, PdfTemplate.Classic, 1, System.Text.Encoding.ASCII.GetBytes(file))
        .ShouldBe(Write(DocumentLanguage.En, PdfTemplate.Classic, 1));

    [Fact]
    public void A_broken_picture_breaks_no_paper()
    {
        var whole = Png();
        for (var length = 0; length < whole.Length; length++) Write(DocumentLanguage.En, PdfTemplate.Classic, 1, whole[..length]).ShouldNotBeEmpty();
    }

    private static byte[] Write(DocumentLanguage language, PdfTemplate template, int lines, byte[]? logo = null) =>
        PaperLayout.Write(InvoicePaper.Of(Invoice(Isk, lines), Frame(language, template, logo)));

    private static int Dark(byte[] page, int x, int y, int width, int height) =>
        Enumerable.Range(y, height).Sum(row => page.AsSpan(page.Length - 595 * 842 + row * 595 + x, width).ToArray().Count(dot => dot < 200));
}

internal static class Drawn
{
    /// <summary>Something is on every page, and none is black.</summary>
    public static IReadOnlyList<byte[]> ShouldAllDraw(this IReadOnlyList<byte[]> pages)
    {
        pages.Count.ShouldBeGreaterThan(1);
        foreach (var page in pages) page.Count(dot => dot < 128).ShouldBeInRange(500, page.Length / 4);
        return pages;
    }
}
