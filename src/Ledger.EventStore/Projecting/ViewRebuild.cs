using Ledger.EventStore.Feed;

namespace Ledger.EventStore.Projecting;

/// <summary>Builds views anew beside the live ones, from the first event, and switches when they have caught up.</summary>
/// <remarks>Queries read the old tables all the while, and the new ones from one transaction on. The old ones stay for going back.</remarks>
public sealed class ViewRebuild(LedgerDatabase database, EventFeed feed, ViewTables tables)
{
    private const int EventsMax = 5000;

    /// <summary>How many events one pass may fold, so that memory stays bounded: above it, each pass takes a share of the rows.</summary>
    private const long EventsPerPassMax = 3_000_000;

    /// <remarks>A view that somebody else rebuilds waits for its turn.</remarks>
    /// <param name="progress">Told how many events have been read, of how many.</param>
    /// <exception cref="PoisonEventException">A view can make nothing of an event; all stay as they were.</exception>
    public async Task Run(IReadOnlyList<View> views, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await tables.DropAbandoned(ct);
        await using var alone = await tables.BuildAlone(views, ct);
        var head = await feed.Head(ct);
        var builds = new List<(View View, string Table)>();
        foreach (var view in views) builds.Add((view, await tables.CreateBeside(view, ct)));
        try
        {
            var shares = (int)(1 + head / EventsPerPassMax);
            for (var share = 0; share < shares; share++) await Fill(builds, head, share, shares, progress, ct);
            foreach (var (view, table) in builds)
            {
                await tables.Complete(view, table, head, ct);
                await CatchUpAndSwitch(view, table, ct);
            }
        }
        catch
        {
            var active = await tables.Active(CancellationToken.None);
            foreach (var (view, table) in builds)
                if (active[view.Name].Table != table) await tables.Drop(table, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Goes back to the table that a view was read from before its last rebuild.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task GoBack(View view, CancellationToken ct)
    {
        await using var alone = await tables.BuildAlone([view], ct);
        var previous = (await tables.Active(ct))[view.Name].Previous
            ?? throw new InvalidOperationException($"The view {view.Name} has no earlier table to go back to.");
        await CatchUpAndSwitch(view, previous, ct);
    }

    private async Task Fill(
        List<(View View, string Table)> builds, long head, int share, int shares, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var folds = builds.Select(one => (one.Table, Rows: one.View.Fold())).ToList();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await foreach (var part in feed.Between(0, head, ct))
        {
            foreach (var happened in part)
                foreach (var (_, rows) in folds) rows.ApplyShare(happened, share, shares);
            foreach (var (table, rows) in folds)
                if (rows.IsFull) await rows.CopyHeld(connection, table, ct);
            progress?.Report((head * share / shares + part[^1].Position / shares, head));
        }

        foreach (var (table, rows) in folds) await rows.Copy(connection, table, ct);
    }

    private async Task CatchUpAndSwitch(View view, string table, CancellationToken ct)
    {
        while (await CatchUp(view, table, ct) >= EventsMax) { }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TrySwitch(view, table, ct)) return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < 50)
            {
                await Task.Delay(50, ct);
            }

            _ = await CatchUp(view, table, ct);
        }
    }

    private async Task<int> CatchUp(View view, string table, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var from = await PositionOf(connection, table, ct);
        var events = await feed.After(from, EventsMax, ct);
        if (events.Count > 0) await Apply(connection, new(view, table, from, events[^1].Position, events), ct);
        return events.Count;
    }

    /// <summary>With the live table held still, takes the last events and switches; false when there are too many left.</summary>
    private async Task<bool> TrySwitch(View view, string table, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var hold = new NpgsqlCommand("""
            set local lock_timeout = '2s';
            select p.last_seq_id from ledger.views v join public.mt_event_progression p on p.name = 'view:' || v.table_name
            where v.name = $1 for update
            """.Replace("$1", $"'{view.Name}'", StringComparison.Ordinal), connection))
        {
            var live = (long)(await hold.ExecuteScalarAsync(ct))!;
            var from = await PositionOf(connection, table, ct);
            if (from < live)
            {
                var events = (await feed.After(from, EventsMax, ct)).Where(one => one.Position <= live).ToList();
                if (events.Count == 0 || events[^1].Position < live) return false;
                await Apply(connection, new(view, table, from, live, events), ct);
            }
        }

        await using (var reset = new NpgsqlCommand("reset role", connection)) _ = await reset.ExecuteNonQueryAsync(ct);
        await ViewTables.Switch(connection, view, table, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static async Task Apply(NpgsqlConnection connection, ViewPage page, CancellationToken ct)
    {
        if (page.Rows.Missing(page.Events, page.Table) is { } missing)
        {
            await using var load = LedgerDatabase.AsWorker(connection);
            load.BatchCommands.Add(missing);
            await using var reader = await load.ExecuteReaderAsync(ct);
            _ = await reader.NextResultAsync(ct);
            await page.Rows.Take(reader, ct);
        }

        foreach (var happened in page.Events) page.Rows.Apply(happened);
        await using var batch = LedgerDatabase.AsWorker(connection);
        foreach (var change in page.Rows.Changes(page.Table)) batch.BatchCommands.Add(change);
        batch.BatchCommands.Add(page.Move(null, null, isActive: false));
        _ = await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task<long> PositionOf(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select last_seq_id from public.mt_event_progression where name = $1", connection)
        {
            Parameters = { new() { Value = $"view:{table}" } },
        };
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
