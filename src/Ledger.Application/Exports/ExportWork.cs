using System.Globalization;
using System.Text.Json;
using Ledger.Domain.Exports;

namespace Ledger.Application.Exports;

/// <summary>How an export goes about its work.</summary>
/// <param name="PartRows">In one part; a sheet of a workbook has a multiple of it.</param>
/// <param name="Slice">How long it works at a stretch: a program that ends does not wait for a long file.</param>
public sealed record ExportPace(int PartRows, TimeSpan Slice)
{
    public static ExportPace Usual { get; } = new(1000, TimeSpan.FromSeconds(5));
}

/// <summary>Writes the file of an export, part by part; what stands already is not written again.</summary>
public sealed class ExportWork(ExportSheets sheets, ExportParts parts, ExportPace pace, TimeProvider time)
{
    /// <summary>More are not exported at once.</summary>
    public const long RowsMax = 10_000_000;

    private const int FileBytes = 1_000_000;

    /// <returns>Null when there is more to do.</returns>
    public async Task<ExportedFile?> Go(string tenant, ExportRequested asked, LocalDate today, CancellationToken ct)
    {
        var (sheet, begun) = (sheets.Of(asked.Resource, today), time.GetTimestamp());
        var kind = asked.Format is ExportFormat.Csv ? ExportParts.Whole : ExportParts.Rows;
        var last = await parts.Last(tenant, asked.Id.Value, kind, ct);
        while (last is not { After: null })
        {
            last = await WritePart(tenant, asked, sheet, kind, last, ct);
            if (last.Rows > RowsMax) return new(last.Rows, 0);
            if (last.After is not null && time.GetElapsedTime(begun) >= pace.Slice) return null;
        }

        if (asked.Format is ExportFormat.Csv) return new(last.Rows, await Length(tenant, asked.Id, ct));
        var bytes = await Assemble(tenant, asked, sheet, last, ct);
        await parts.Drop(tenant, asked.Id.Value, ExportParts.Rows, ct);
        return new(last.Rows, bytes);
    }

    private async Task<ExportPlace> WritePart(string tenant, ExportRequested asked, ExportSheet sheet, string kind, ExportPlace? last, CancellationToken ct)
    {
        var page = await sheet.Page(tenant, asked.Filter ?? new(), last?.After, pace.PartRows, ct);
        var before = last?.Rows ?? 0;
        var content = asked.Format is ExportFormat.Csv
            ? CsvRows.Write(before == 0 ? sheet.Names : null, page.Rows.Select(row => row.Select(cell => cell.Plain)))
            : XlsxRows.Write(page.Rows, before % XlsxRows.PerSheetMax + 2);
        var sums = last is null ? [] : JsonSerializer.Deserialize<SortedDictionary<string, decimal>>(last.Sums)!;
        foreach (var row in page.Rows) Add(sums, row);
        var place = new ExportPlace((last?.Number ?? -1) + 1, before + page.Rows.Count, page.Next, JsonSerializer.Serialize(sums));
        await parts.Add(tenant, asked.Id.Value, kind, place, content, ct);
        return place;
    }

    private static void Add(SortedDictionary<string, decimal> sums, Cell[] row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            if (row[column] is not { Kind: CellKind.Money } cell) continue;
            var key = $"{column.ToString(CultureInfo.InvariantCulture)} {cell.Text}";
            sums[key] = sums.GetValueOrDefault(key) + cell.Number;
        }
    }

    /// <summary>Makes the workbook of its rows. What an interrupted attempt left of it is made anew.</summary>
    private async Task<long> Assemble(string tenant, ExportRequested asked, ExportSheet sheet, ExportPlace last, CancellationToken ct)
    {
        await parts.Drop(tenant, asked.Id.Value, ExportParts.Whole, ct);
        await using var output = new PartedStream(FileBytes, (number, content) =>
            parts.Add(tenant, asked.Id.Value, ExportParts.Whole, new(number, last.Rows, After: null, last.Sums), content, ct));
        var sums = JsonSerializer.Deserialize<SortedDictionary<string, decimal>>(last.Sums)!;
        var below = XlsxRows.Sums(
            sums, sheet.Names.Count, sheet.Names.ToList().IndexOf("currency"), (last.Rows - 1) % XlsxRows.PerSheetMax + 1, last.Rows <= XlsxRows.PerSheetMax);
        await XlsxFile.Write(
            output, asked.Resource.ToString(), asked.On, sheet.Names, last.Rows, parts.Read(tenant, asked.Id.Value, ExportParts.Rows, ct), pace.PartRows, below, ct);
        await output.Finish();
        return output.Length;
    }

    private async Task<long> Length(string tenant, ExportId id, CancellationToken ct)
    {
        var bytes = 0L;
        await foreach (var part in parts.Read(tenant, id.Value, ExportParts.Whole, ct)) bytes += part.Length;
        return bytes;
    }
}

/// <param name="Bytes">0 when there were too many rows for a file.</param>
public sealed record ExportedFile(long Rows, long Bytes);
