using System.IO.Compression;
using System.Text;
using Ledger.EventStore.Projecting;
using Ledger.EventStore.Verification;

namespace Ledger.EventStore.Archiving;

/// <summary>Takes an archive into an empty database: all of it, checked against its hashes and its chain, or nothing.</summary>
public sealed class LogImport(LedgerDatabase database)
{
    private const int LinesAtOnce = 1000;

    /// <param name="progress">Told how many rows have been read, of how many.</param>
    /// <exception cref="ArchiveException">The database is not empty, or the archive is not what was written; nothing has changed.</exception>
    public async Task Run(string directory, ArchiveManifest manifest, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var log = new LogSnapshot(connection, transaction);
        await Run(connection, "select pg_advisory_xact_lock(7310577382516)", [], ct);
        await CheckSchema(log, manifest, ct);
        await CheckEmpty(log, ct);
        await Run(connection, "delete from ledger.places where name not like 'view:%'", [], ct);
        var done = 0L;
        foreach (var file in manifest.Files)
        {
            if (ArchiveTables.All.All(table => table.Name != file.Table)) throw new ArchiveException($"{file.Name} is of a table that no archive has: {file.Table}.");
            done += await Take(connection, directory, file, ct);
            progress?.Report((done, manifest.Rows));
        }

        foreach (var table in ArchiveTables.All.Where(table => table.Counter is not null))
            await Run(connection, $"select setval(pg_get_serial_sequence('{table.Name}', '{table.Counter}'), max({table.Counter})) from {table.Name} having max({table.Counter}) is not null", [], ct);
        await CheckLog(log, manifest, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task CheckSchema(LogSnapshot log, ArchiveManifest manifest, CancellationToken ct)
    {
        var known = await log.Query("select name from ledger_schema.migrations", [], row => row.GetString(0), ct);
        if (manifest.Migrations.Except(known).ToList() is [var first, ..]) throw new ArchiveException($"The archive is of a newer schema than this program's: it has {first}. Import it with the program that wrote it, or a newer one.");
    }

    private static async Task CheckEmpty(LogSnapshot log, CancellationToken ct)
    {
        foreach (var table in ArchiveTables.All.Where(table => table.Where is null))
            if ((await log.Query($"select exists (select from {table.Name})", [], row => row.GetBoolean(0), ct))[0])
                throw new ArchiveException($"The database is not empty: {table.Name} has rows. An archive goes into a new database.");
    }

    /// <returns>How many rows it had.</returns>
    private static async Task<long> Take(NpgsqlConnection connection, string directory, ArchiveFile file, CancellationToken ct)
    {
        var path = Path.Combine(directory, Path.GetFileName(file.Name));
        if (!File.Exists(path)) throw new ArchiveException($"{file.Name} is missing.");
        if (await ArchiveWriter.HashOf(path, ct) != file.Sha256) throw new ArchiveException($"{file.Name} is not as it was written: its SHA-256 is another.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        var (rows, lot) = (0L, new List<string>(LinesAtOnce));
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            rows++;
            lot.Add(line);
            if (lot.Count == LinesAtOnce) await Insert(connection, file, lot, ct);
        }

        await Insert(connection, file, lot, ct);
        return rows == file.Rows ? rows : throw new ArchiveException($"{file.Name} has {rows} rows, and is to have {file.Rows}.");
    }

    private static async Task Insert(NpgsqlConnection connection, ArchiveFile file, List<string> lot, CancellationToken ct)
    {
        if (lot.Count == 0) return;
        try
        {
            await Run(connection, $"insert into {file.Table} overriding system value select * from json_populate_recordset(null::{file.Table}, $1::json)", [$"[{string.Join(',', lot)}]"], ct);
        }
        catch (PostgresException e) { throw new ArchiveException($"{file.Name} has a row that {file.Table} does not take: {e.MessageText}"); }
        lot.Clear();
    }

    private static async Task CheckLog(LogSnapshot log, ArchiveManifest manifest, CancellationToken ct)
    {
        var report = await LogVerifier.Verify(log, null, null, ct);
        if (!report.IsIntact) throw new ArchiveException($"The log of the archive is not as it was written: {report.Findings[0]}");
        if ((report.Head.Position, report.Head.Hash) != (manifest.Position, manifest.Hash))
            throw new ArchiveException($"The log of the archive ends at position {report.Head.Position} with another hash than its manifest says, which is of position {manifest.Position}.");
    }

    private static async Task Run(NpgsqlConnection connection, string sql, object[] values, CancellationToken ct)
    {
        await using var command = ViewSnapshot.Command(connection, sql);
        foreach (var value in values) _ = command.Parameters.Add(new() { Value = value });
        _ = await command.ExecuteNonQueryAsync(ct);
    }
}
