namespace Ledger.EventStore.Projecting;

/// <summary>How a view's rows are read back.</summary>
public static class ViewRows<TRow> where TRow : class
{
    public static string Columns => RowMap<TRow>.ColumnList;

    public static TRow Read(NpgsqlDataReader reader) => RowMap<TRow>.Read(reader);
}
