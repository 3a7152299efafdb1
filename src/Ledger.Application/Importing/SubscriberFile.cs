using System.Text;
using CsvHelper;

namespace Ledger.Application.Importing;

/// <summary>A CSV file with a header, in UTF-8, read row by row: it is never in memory as a whole.</summary>
internal sealed class SubscriberFile : IDisposable
{
    private static readonly CsvReaderOptions Strictly = new()
    {
        Separator = ',', MalformedData = CsvMalformedDataHandling.Throw, MaxRecordSize = 1024 * 1024, SkipEmptyLines = false, HasHeader = false,
    };

    private readonly CsvReader reader;
    private readonly Dictionary<string, int> columns = [];

    /// <exception cref="ImportFaultException">It has no header, or two columns of one name.</exception>
    public SubscriberFile(string path)
    {
        reader = CsvReader.Create(new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), Strictly, leaveOpen: false);
        try
        {
            if (!Next()) throw new ImportFaultException("", "the file is empty; its first row is to name the columns");
            var names = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim()).ToList();
            for (var i = 0; i < names.Count; i++)
                if (!columns.TryAdd(names[i], i)) throw new ImportFaultException("", "the file has two columns of this name", names[i]);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>The row that was read last, as a spreadsheet counts: rows with nothing in them count, and are passed over.</summary>
    public long Row { get; private set; }

    /// <exception cref="ImportFaultException">A field wants a column that the file does not have.</exception>
    public void Check(SubscriberMapping mapping)
    {
        foreach (var field in mapping.Fields)
            if (field.Column is { } column && !columns.ContainsKey(column))
                throw field.Fault($"the file has no such column; it has {string.Join(", ", columns.Keys)}");
    }

    /// <summary>Goes to the next row that has something in it; false at the end.</summary>
    /// <exception cref="ImportFaultException">What follows is no CSV in UTF-8; nothing after it can be read.</exception>
    public bool Next()
    {
        do if (!Read()) return false;
        while (IsBlank());
        return true;
    }

    /// <exception cref="ImportFaultException">The row has more or fewer cells than the header.</exception>
    public void CheckWidth()
    {
        if (reader.FieldCount != columns.Count)
            throw new ImportFaultException("", $"has {reader.FieldCount} values for {columns.Count} columns");
    }

    public string Cell(string column) => reader.GetString(columns[column]);

    public void Dispose() => reader.Dispose();

    private bool IsBlank()
    {
        for (var i = 0; i < reader.FieldCount; i++)
            if (!string.IsNullOrWhiteSpace(reader.GetString(i))) return false;
        return true;
    }

    private bool Read()
    {
        try
        {
            if (!reader.Read()) return false;
            Row++;
            return true;
        }
        catch (Exception e) when (e is CsvFormatException or DecoderFallbackException)
        {
            var reason = e is CsvFormatException bad ? $"is no CSV: {bad.Message}" : "is not in UTF-8";
            throw new ImportFaultException(new ImportFault("", null, Row + 1, reason));
        }
    }
}
