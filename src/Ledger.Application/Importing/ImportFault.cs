namespace Ledger.Application.Importing;

/// <summary>What is wrong with a mapping, a file or one of its rows, said so that a person can put it right.</summary>
/// <param name="Path">The member of the mapping: <c>subscription.price</c>; empty for the file as a whole.</param>
/// <param name="Column">The file's column, where one is concerned.</param>
/// <param name="Row">As a spreadsheet counts: the header is row 1. Null for what concerns no row.</param>
public sealed record ImportFault(string Path, string? Column, long? Row, string Reason)
{
    public override string ToString() => string.Join(": ", Parts());

    private IEnumerable<string> Parts()
    {
        if (Row is { } row) yield return $"row {row}";
        if (Column is not null) yield return $"column \"{Column}\"";
        if (Path.Length > 0) yield return Path;
        yield return Reason;
    }
}

/// <summary>Nothing can be imported until this is put right.</summary>
public sealed class ImportFaultException(ImportFault fault) : Exception(fault.ToString())
{
    public ImportFaultException(string path, string reason, string? column = null) : this(new ImportFault(path, column, null, reason)) { }

    public ImportFault Fault => fault;
}
