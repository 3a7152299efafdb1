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

    /// <summary>Every row of every view.</summary>
    public async Task<List<string>> Views()
    {
        var rows = new List<string>();
        foreach (var name in await Lines("select name from ledger.views order by name")) rows.AddRange(await Lines($"select '{name}', v::text from views.{name} v"));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
