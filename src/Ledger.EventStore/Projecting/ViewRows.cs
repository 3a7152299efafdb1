namespace Ledger.EventStore.Projecting;

/// <summary>How a view's rows are read back.</summary>
public static class ViewRows<TRow> where TRow : class
{
    public static string Columns => RowMap<TRow>.ColumnList;

    public static TRow Read(NpgsqlDataReader reader) => RowMap<TRow>.Read(reader);

    /// <summary>Rows as parameters, an array for each column, and the names of the columns.</summary>
    public static (IReadOnlyList<NpgsqlParameter> Values, string Columns) Arrays(IReadOnlyList<TRow> rows) =>
        ([.. RowMap<TRow>.Columns.Select(column => column.Values(rows))], Columns);
}
