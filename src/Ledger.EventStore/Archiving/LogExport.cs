using System.Diagnostics;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.EventStore.Verification;

namespace Ledger.EventStore.Archiving;

/// <summary>Writes the whole log to files, as it is at one instant, while everything runs.</summary>
public sealed class LogExport(LedgerDatabase database, EventFeed feed, ViewTables tables, ViewProgress progressOfViews)
{
    private const long BytesMax = 64 << 20;
    private const int AttemptsMax = 20;
    private static readonly TimeSpan HoldMost = TimeSpan.FromSeconds(2);

    /// <param name="directory">Where to; made if it is missing, and refused if anything is in it.</param>
    /// <param name="progress">Told how many rows have been written, of how many.</param>
    /// <exception cref="ArchiveException">The directory has something in it, or the views do not keep up with the log.</exception>
    public async Task<ArchiveManifest> Run(
        string directory, IReadOnlyList<View> views, IProgress<(long Done, long Total)>? progress, Instant now, CancellationToken ct, long bytesMax = BytesMax)
    {
        _ = Directory.CreateDirectory(directory);
        if (Directory.EnumerateFileSystemEntries(directory).Any()) throw new ArchiveException($"{directory} is not empty. An archive has a directory of its own.");
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var snapshot = await Take(connection, ct);
        await using var log = new LogSnapshot(connection, snapshot);
        var head = await LogHead.Read(log, ct);
        var total = 0L;
        foreach (var table in ArchiveTables.All) total += (await log.Query($"select count(*) from {table.Rows}", [], row => row.GetInt64(0), ct))[0];

        var (files, done) = (new List<ArchiveFile>(), 0L);
        foreach (var table in ArchiveTables.All)
        {
            await using var writer = new ArchiveWriter(directory, table.Name, files, bytesMax);
            await using var command = ViewSnapshot.Command(connection, $"select row_to_json(t)::text from {table.Rows}");
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                await writer.Write(reader.GetString(0), ct);
                if (++done % 1000 == 0) progress?.Report((done, total));
            }
        }

        var migrations = await log.Query("select name from ledger_schema.migrations order by name", [], row => row.GetString(0), ct);
        var hashes = await ViewHashes.Read(connection, await tables.Active(ct), views, null, ct);
        var manifest = new ArchiveManifest(ArchiveManifest.FormatNow, now, head.Position, head.Hash, migrations, files, hashes);
        await manifest.Write(directory, ct);
        return manifest;
    }

    /// <summary>A snapshot in which every view has seen the whole log: batches wait for a moment while the views take the last events.</summary>
    private async Task<NpgsqlTransaction> Take(NpgsqlConnection connection, CancellationToken ct)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            _ = await progressOfViews.WaitFor(await feed.Head(ct), HoldMost, ct);
            await using var holding = await database.Direct.OpenConnectionAsync(ct);
            await using var hold = await holding.BeginTransactionAsync(ct);
            await using (var wait = ViewSnapshot.Command(holding, "select pg_advisory_xact_lock(7310577382516)")) _ = await wait.ExecuteScalarAsync(ct);
            var (head, waited) = (await feed.Head(ct), Stopwatch.StartNew());
            while (await progressOfViews.Lowest(ct) < head && waited.Elapsed < HoldMost) await Task.Delay(20, ct);
            if (await progressOfViews.Lowest(ct) < head) continue;

            var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            await using var first = ViewSnapshot.Command(connection, "select count(*) from ledger.views");   // A snapshot is taken by its first statement.
            _ = await first.ExecuteScalarAsync(ct);
            return snapshot;
        }

        throw new ArchiveException("The views do not come to the end of the log. Is one stopped? `GET /health` says so; `ledger rebuild` builds it anew.");
    }
}
