using System.IO.Compression;
using System.Xml.Linq;
using Ledger.Application.Exports;
using Ledger.Workers.Tests.Accounting;
using NodaTime;

namespace Ledger.Workers.Tests.Exports;

public class SheetTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("-5", "-5")]
    [InlineData("+354.7", "+354.7")]
    [InlineData("a=b", "a=b")]
    public void What_would_be_a_formula_is_a_text(string text, string safe) => SpreadsheetText.Safe(text).ShouldBe(safe);

    [Fact]
    public void Csv_is_quoted_where_it_must_be() => System.Text.Encoding.UTF8.GetString(CsvRows.Write(["Date", "Invoice #"], [["a,b", "Carpet; \"Æ\""], ["", "=1"]]))
        .ShouldBe("Date,Invoice #\r\n\"a,b\",\"Carpet; \"\"Æ\"\"\"\r\n,=1\r\n");

    [Fact]
    public async Task A_workbook_has_typed_cells_a_frozen_head_and_sums()
    {
        var day = new LocalDate(2025, 11, 1);
        Cell[][] rows =
        [
            [Cell.Of("=1+1 <&> þ\u0001"), Cell.Of("ISK"), Cell.Money(1500, "ISK"), Cell.Of(day), Cell.Of(Instant.FromUtc(2025, 11, 1, 12, 0))],
            [default, Cell.Of("DKK"), Cell.Money(-1250, "DKK"), Cell.Of((LocalDate?)null), Cell.Of(7L)],
        ];
        var sums = new SortedDictionary<string, decimal> { ["2 DKK"] = -1250, ["2 ISK"] = 1500 };
        var file = new MemoryStream();
        await XlsxFile.Write(
            file, "Payments", day, ["text", "currency", "amount", "day", "at"], 2, Once(XlsxRows.Write(rows, 2)), 5000, XlsxRows.Sums(sums, 5, 1, 2, hasFormulas: true),
            CancellationToken.None);

        await using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries) _ = await XDocument.LoadAsync(entry.Open(), LoadOptions.None, CancellationToken.None);
        var sheet = await XDocument.LoadAsync(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), LoadOptions.PreserveWhitespace, CancellationToken.None);
        sheet.Descendants(Main + "pane").Single().Attribute("state")!.Value.ShouldBe("frozen");
        var cells = sheet.Descendants(Main + "row").Select(row => row.Elements(Main + "c").Select(cell => cell.Value).ToList()).ToList();
        cells[0].ShouldBe(["text", "currency", "amount", "day", "at"]);
        cells[1].ShouldBe(["'=1+1 <&> þ\uFFFD", "ISK", "1500", "45962", "45962.5"]);
        cells[2].ShouldBe(["", "DKK", "-12.50", "", "7"]);
        cells[3][2].ShouldBe("SUMIF(B2:B3,\"DKK\",C2:C3)-12.5");
        cells[4][2].ShouldBe("SUMIF(B2:B3,\"ISK\",C2:C3)1500");
        sheet.Descendants(Main + "row").Select(row => row.Attribute("r")!.Value).ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [ProgramFact("soffice")]
    public async Task LibreOffice_reads_of_a_workbook_what_the_text_says()
    {
        string[] names = ["text", "currency", "amount", "day", "at", "number"];
        var day = new LocalDate(2025, 11, 1);
        Cell[][] rows = [.. Enumerable.Range(0, 300).Select(i => (Cell[])
        [
            Cell.Of($"=1+{i} <&> ðþæöøå, \"q\""), Cell.Of(i % 3 == 0 ? "DKK" : "ISK"), Cell.Money(1250 * (i - 100), i % 3 == 0 ? "DKK" : "ISK"), Cell.Of(day.PlusDays(i)),
            Cell.Of(Instant.FromUtc(2025, 11, 1, 12, 34, 56) + Duration.FromMinutes(i)), i % 2 == 0 ? Cell.Of((long)i) : default,
        ])];
        var folder = Directory.CreateTempSubdirectory("ledger-xlsx-");
        try
        {
            var book = Path.Combine(folder.FullName, "book.xlsx");
            await using (var file = File.Create(book))
                await XlsxFile.Write(file, "Payments", day, names, rows.Length, Once(XlsxRows.Write(rows, 2)), 5000, "", CancellationToken.None);
            await Convert(book, folder.FullName);
            (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "book.csv"))).TrimEnd().ReplaceLineEndings("\r\n")
                .ShouldBe(System.Text.Encoding.UTF8.GetString(CsvRows.Write(names, rows.Select(row => row.Select(cell => cell.Plain)))).TrimEnd());
        }
        finally { folder.Delete(recursive: true); }
    }

    /// <summary>As CSV, with what the cells show.</summary>
    private static async Task Convert(string book, string folder)
    {
        using var office = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "soffice", [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true", "--outdir", folder, book])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        await Task.WhenAll(office.StandardOutput.ReadToEndAsync(), office.StandardError.ReadToEndAsync(), office.WaitForExitAsync());
    }

    [Fact]
    public async Task What_is_written_is_cut_into_parts_and_none_is_lost()
    {
        var parts = new List<byte[]>();
        await using var stream = new PartedStream(10, (_, content) => { parts.Add(content.ToArray()); return Task.CompletedTask; });
        for (byte i = 0; i < 35; i++) await stream.WriteAsync(new[] { i });
        await stream.Finish();
        parts.Count.ShouldBe(4);
        parts.SelectMany(part => part).ShouldBe(Enumerable.Range(0, 35).Select(i => (byte)i));
        stream.Length.ShouldBe(35);
    }

    private static async IAsyncEnumerable<byte[]> Once(byte[] part)
    {
        await Task.Yield();
        yield return part;
    }
}
