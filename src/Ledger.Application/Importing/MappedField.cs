namespace Ledger.Application.Importing;

/// <summary>Where one value comes from: a column of the file, translated where a table says so, or one value for every row.</summary>
/// <param name="Path">Its place in the mapping: <c>payment_method.token</c>.</param>
/// <param name="Column">Null for one value for every row.</param>
/// <param name="Values">What stands in the column, and what is meant by it; null when it is meant as it stands.</param>
/// <param name="Default">For a cell that is empty, or that <paramref name="Values"/> does not have.</param>
/// <param name="Currency">Of a price; null where there is none, or for the tenant's.</param>
internal sealed record MappedField(
    string Path, string? Column, string? Value, IReadOnlyDictionary<string, string>? Values, string? Default, string? Currency)
{
    public static ReadOnlySpan<string> Members => (string[])["column", "value", "values", "default"];

    public static MappedField Read(MappingObject field, string path)
    {
        var (column, value, values, other) = (field.Text("column"), field.Text("value"), field.Texts("values"), field.Text("default"));
        if (column is null == value is null) throw new ImportFaultException(path, "needs either a column or a value, and not both");
        if (value is not null && (values is not null || other is not null))
            throw new ImportFaultException(path, "has one value for every row, so it cannot have values or a default");
        return new(path, column, value, values, other, field.Text("currency"));
    }

    /// <summary>The value in a row; null when the cell is empty and nothing stands in for it.</summary>
    /// <param name="cell">What stands in a column of the row.</param>
    /// <exception cref="ImportFaultException">The cell has a value that the table does not translate.</exception>
    public string? In(Func<string, string> cell)
    {
        if (Column is null) return Value;
        var text = cell(Column).Trim();
        if (Values is not null && Values.TryGetValue(text, out var meant)) return meant;
        if (text.Length == 0 || Values is not null)
        {
            return Default ?? (text.Length == 0 ? null : throw Fault($"values has no translation of \"{text}\", and there is no default"));
        }

        return text;
    }

    public ImportFaultException Fault(string reason) => new(Path, reason, Column);
}
