using Npgsql;

namespace Ledger.Testing.PersonalData;

/// <summary>All that a database has stored, as its superuser and its disk see it.</summary>
public sealed class StoredBytes(TestCluster cluster, string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.Server.AdminConnectionString)
    {
        Database = new NpgsqlConnectionStringBuilder(connectionString).Database,
    });

    /// <summary>The rows of every table of every schema, PostgreSQL's own included, as text: bytes are hex.</summary>
    public async IAsyncEnumerable<(string Table, string Row)> Rows()
    {
        foreach (var table in await Query("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_temp' order by 1
            """))
            foreach (var row in await Query($"select t::text from {table} t")) yield return (table, row);
    }

    /// <summary>The files of the server that have a marker in them: its data, its write-ahead log, and what it said.</summary>
    public async Task<IReadOnlyList<string>> FilesWith(Marker marker)
    {
        await Run("checkpoint");
        var found = new List<string>();
        var root = Path.GetDirectoryName((await Query("show data_directory"))[0])!;   // What the server says stands beside it.
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (file.EndsWith("/lock", StringComparison.Ordinal) || file.Contains("/run/", StringComparison.Ordinal)) continue;
            try
            {
                if (marker.IsIn(await File.ReadAllBytesAsync(file))) found.Add(Path.GetRelativePath(root, file));
            }
            catch (FileNotFoundException) { }   // The server has tidied it away.
        }

        return found;
    }

    public async Task<IReadOnlyList<string>> TablesWith(Marker marker)
    {
        var found = new HashSet<string>();
        await foreach (var (table, row) in Rows())
            if (marker.IsIn(row)) _ = found.Add(table);
        return [.. found];
    }

    public async Task<List<string>> Query(string sql)
    {
        var rows = new List<string>();
#pragma warning disable CA2100 // Names come from the catalog.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (!await reader.IsDBNullAsync(0)) rows.Add(reader.GetString(0));
        return rows;
    }

    public async Task Run(string sql)
    {
#pragma warning disable CA2100 // Written in a test.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        _ = await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
