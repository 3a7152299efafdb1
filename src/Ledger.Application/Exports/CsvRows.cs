using CsvHelper;

namespace Ledger.Application.Exports;

/// <summary>Rows as CSV: RFC 4180, UTF-8, one line each.</summary>
internal static class CsvRows
{
    /// <param name="names">The first line; null where it stands already.</param>
    public static byte[] Write(IReadOnlyList<string>? names, IEnumerable<IEnumerable<string>> rows)
    {
        var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { Separator = ',', WriteByteOrderMark = false }, leaveOpen: true))
        {
            foreach (var row in names is null ? rows : rows.Prepend(names))
            {
                foreach (var field in row) csv.WriteField(field);
                csv.EndRecord();
            }
        }

        return file.ToArray();
    }
}
