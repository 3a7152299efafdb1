using Ledger.Projections;
using Npgsql;

namespace Ledger.Torture.Checks;

/// <summary>Questions to the database, straight.</summary>
internal sealed class Database(string connectionString)
{
    /// <summary>Each row as one line.</summary>
    public Task<List<string>> Lines(string sql) =>
        Rows(sql, row => string.Join(" ", Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "-" : $"{row.GetValue(i)}")));

    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The questions are written here.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>What every view says, however its rows are cut: figures are kept by the page in which they came, and only their sums count.</summary>
    public async Task<List<string>> Views()
    {
        var rows = new List<string>();
        var views = AllViews.Create();
        foreach (var (name, table) in await Rows("select name, table_name from ledger.views order by name", row => (row.GetString(0), row.GetString(1))))
            rows.AddRange(await Lines($"select '{name}', row::text from ({views.Single(view => view.Name == name).RowsOf(table)}) t"));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
