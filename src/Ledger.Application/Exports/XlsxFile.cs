using System.IO.Compression;
using System.Text;

namespace Ledger.Application.Exports;

/// <summary>A workbook out of parts that are worksheet rows already: written as they come, never held as a whole.</summary>
internal static class XlsxFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Package = "http://schemas.openxmlformats.org/package/2006";

    private const string Declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

    /// <param name="rows">How many there are in all.</param>
    /// <param name="parts">Each of so many rows that a sheet is full at the end of one.</param>
    /// <param name="sums">Rows that stand below the last.</param>
    public static async Task Write(
        Stream output, string title, LocalDate day, IReadOnlyList<string> names, long rows, IAsyncEnumerable<byte[]> parts, int partRows, string sums, CancellationToken ct)
    {
        var sheets = (int)Math.Max(1, (rows + XlsxRows.PerSheetMax - 1) / XlsxRows.PerSheetMax);
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, xml) in Frame(title, sheets)) await Entry(zip, name, day, xml, ct);
        await using var all = parts.GetAsyncEnumerator(ct);
        for (var sheet = 1; sheet <= sheets; sheet++)
        {
            await using var stream = await Open(zip, $"xl/worksheets/sheet{sheet}.xml", day, ct);
            await Text(stream, $"""
                {Declared}<worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0"{(sheet == 1 ? " tabSelected=\"1\"" : "")}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>{XlsxRows.Head(names)}
                """, ct);
            for (var left = XlsxRows.PerSheetMax / partRows; left > 0 && await all.MoveNextAsync(); left--) await stream.WriteAsync(all.Current, ct);
            await Text(stream, $"{(sheet == sheets ? sums : "")}</sheetData></worksheet>", ct);
        }
    }

    private static IEnumerable<(string Name, string Xml)> Frame(string title, int sheets)
    {
        var numbers = Enumerable.Range(1, sheets).ToList();
        yield return ("[Content_Types].xml", $"""
            {Declared}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{string.Concat(numbers.Select(i => $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}</Types>
            """);
        yield return ("_rels/.rels", $"""
            {Declared}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        yield return ("xl/workbook.xml", $"""
            {Declared}<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>{string.Concat(numbers.Select(i => $"<sheet name=\"{title}{(i == 1 ? "" : $" {i}")}\" sheetId=\"{i}\" r:id=\"rId{i}\"/>"))}</sheets></workbook>
            """);
        yield return ("xl/_rels/workbook.xml.rels", $"""
            {Declared}<Relationships xmlns="{Package}/relationships">{string.Concat(numbers.Select(i => $"<Relationship Id=\"rId{i}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>"))}<Relationship Id="rId{sheets + 1}" Type="{Office}/styles" Target="styles.xml"/></Relationships>
            """);
        yield return ("xl/styles.xml", XlsxStyles.Xml);
    }

    private static async Task Entry(ZipArchive zip, string name, LocalDate day, string xml, CancellationToken ct)
    {
        await using var stream = await Open(zip, name, day, ct);
        await Text(stream, xml, ct);
    }

    /// <summary>Every part is of the day of the export, so that the same rows make the same file.</summary>
    private static Task<Stream> Open(ZipArchive zip, string name, LocalDate day, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = new DateTimeOffset(Math.Clamp(day.Year, 1980, 2107), day.Month, day.Day, 0, 0, 0, TimeSpan.Zero);
        return entry.OpenAsync(ct);
    }

    private static Task Text(Stream stream, string text, CancellationToken ct) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct).AsTask();
}
