using Ledger.EventStore.Feed;

namespace Ledger.EventStore.Projecting;

/// <summary>Builds views anew beside the live ones, from the first event, and switches when they have caught up.</summary>
/// <remarks>Queries read the old tables all the while, and the new ones from one transaction on. The old ones stay for going back.</remarks>
public sealed class ViewRebuild(LedgerDatabase database, EventFeed feed, ViewTables tables)
{
    private const int EventsMax = 5000, AttemptsMax = 50;
    private static readonly TimeSpan AheadWait = TimeSpan.FromMilliseconds(100);

    /// <summary>How many events one pass may fold, so that memory stays bounded: above it, each pass takes a share of the rows.</summary>
    private const long EventsPerPassMax = 3_000_000;

    /// <remarks>A view that somebody else rebuilds waits for its batch.</remarks>
    /// <param name="progress">Told how many events have been read, of how many.</param>
    /// <exception cref="PoisonEventException">A view can make nothing of an event; all stay as they were.</exception>
    public Task Run(IReadOnlyList<View> views, IProgress<(long Done, long Total)>? progress, CancellationToken ct) =>
        Build(views, CatchUpAndSwitch, progress, ct);

    /// <summary>Builds a view and leaves it beside the live table, to be compared with it and switched to; what was there before goes.</summary>
    /// <returns>The name of the new table.</returns>
    /// <inheritdoc cref="Run"/>
    public async Task<string> Beside(View view, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await Build([view], (one, table, _) => tables.Propose(one, table, CancellationToken.None), progress, ct);
        return (await tables.Active(ct))[view.Name].Candidate!;
    }

    /// <summary>Builds a view as it was at a position, in a table that nothing of ours reads and that is not kept up.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="PoisonEventException">The view can make nothing of an event.</exception>
    public async Task<string> Until(View view, long position, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var alone = await tables.BuildAlone([view], ct);
        var table = await tables.CreateUntil(view, position, ct);
        try
        {
            await Fill([(view, table)], position, progress, ct);
            await tables.CompleteUntil(view, table, ct);
            return table;
        }
        catch
        {
            await tables.Drop(table, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Writes a view as it was at a position as CSV, in the order of its keys; the table that it was made in goes.</summary>
    /// <param name="tenant">Whose rows; null for every tenant's.</param>
    public async Task ReadUntil(View view, long position, string? tenant, StreamWriter output, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await using var alone = await tables.BuildAlone([view], ct);
        var table = await tables.CreateBeside(view, ct);
        try
        {
            await Fill([(view, table)], position, progress, ct);
            await using var connection = await database.Direct.OpenConnectionAsync(ct);
            var whose = tenant is null ? "" : $"where tenant_id = '{tenant.Replace("'", "''", StringComparison.Ordinal)}'";
            using var rows = await connection.BeginTextExportAsync($"copy (select * from views.{table} {whose} order by tenant_id, id) to stdout (format csv, header)", ct);
            while (await rows.ReadLineAsync(ct) is { } line) await output.WriteLineAsync(line.AsMemory(), ct);
            await output.FlushAsync(ct);
        }
        finally { await tables.Drop(table, CancellationToken.None); }
    }

    /// <summary>Has queries read the table that was built beside a view, once it has caught up.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is of a version that is not among these.</exception>
    public async Task SwitchTo(string name, IReadOnlyList<View> views, CancellationToken ct)
    {
        await using var alone = await tables.BuildAlone([views.Usual(name)!], ct);
        var (view, table) = Candidate(views, (await tables.Active(ct))[name]);
        await CatchUpAndSwitch(view, table, ct);
    }

    /// <summary>Goes back to the table that a view was read from before.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is of a version that is not among these.</exception>
    public async Task GoBack(string name, IReadOnlyList<View> views, CancellationToken ct)
    {
        await using var alone = await tables.BuildAlone([views.Usual(name)!], ct);
        var active = (await tables.Active(ct))[name];
        if (active is not { Previous: { } previous, PreviousVersion: { } version }) throw new InvalidOperationException($"The view {name} has no earlier table to go back to.");
        await CatchUpAndSwitch(CodeOf(views, name, version, previous), previous, ct);
    }

    /// <summary>Reads a live table and another of its view in one snapshot, in which both are at the same position of the log.</summary>
    /// <remarks>The live table is held still only while the other takes the last events: what is written goes on meanwhile.</remarks>
    internal async Task<T> Together<T>(string name, IReadOnlyList<View> views, Func<NpgsqlConnection, View, string, ActiveTable, Task<T>> read, CancellationToken ct)
    {
        await using var alone = await tables.BuildAlone([views.Usual(name)!], ct);
        var active = (await tables.Active(ct))[name];
        var (view, table) = Candidate(views, active);
        while (await CatchUp(view, table, active.Position, ct) >= EventsMax) { }

        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var snapshot = await HeldTogether(view, table, connection, ct);
        return await read(connection, view, table, (await tables.Active(ct))[name]);
    }

    private async Task<NpgsqlTransaction> HeldTogether(View view, string table, NpgsqlConnection connection, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryHoldTogether(view, table, connection, ct) is { } snapshot) return snapshot;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable && attempt < AttemptsMax) { }

            var live = (await tables.Active(ct))[view.Name].Position;
            if (await CatchUp(view, table, live, ct) > 0) continue;
            if (attempt >= AttemptsMax) throw new InvalidOperationException($"The view {view.Name} is at position {live} and does not come to where views.{table} is. Is it stopped?");
            await Task.Delay(AheadWait, ct);   // What was built is ahead of what is read.
        }
    }

    private async Task<NpgsqlTransaction?> TryHoldTogether(View view, string table, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var holding = await database.Direct.OpenConnectionAsync(ct);
        await using var hold = await holding.BeginTransactionAsync(ct);
        var live = await HoldLive(holding, view, ct);
        var from = await ViewSnapshot.PositionOf(connection, table, ct);
        if (from > live || !await TakeRest(connection, view, table, from, live, ct)) return null;
        var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        _ = await ViewSnapshot.PositionOf(connection, table, ct);   // A snapshot is taken by its first statement.
        return snapshot;
    }

    private static (View View, string Table) Candidate(IReadOnlyList<View> views, ActiveTable active) =>
        active is { Candidate: { } table, CandidateVersion: { } version } ? (CodeOf(views, active.Name, version, table), table)
            : throw new InvalidOperationException($"Nothing was built beside the view {active.Name}. `ledger replay {active.Name} --into table` does it.");

    private static View CodeOf(IReadOnlyList<View> views, string name, int version, string table) => views.Of(name, version)
        ?? throw new InvalidOperationException($"The table views.{table} is of version {version} of {name}, which this program has no code of, so it cannot be brought up to date.");

    private async Task Build(
        IReadOnlyList<View> views, Func<View, string, CancellationToken, Task> whenComplete, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        await tables.DropAbandoned(ct);
        await using var alone = await tables.BuildAlone(views, ct);
        var head = await feed.Head(ct);
        var builds = new List<(View View, string Table)>();
        foreach (var view in views) builds.Add((view, await tables.CreateBeside(view, ct)));
        try
        {
            await Fill(builds, head, progress, ct);
            foreach (var (view, table) in builds)
            {
                await tables.Complete(view, table, head, ct);
                await whenComplete(view, table, ct);
            }
        }
        catch
        {
            var active = await tables.Active(CancellationToken.None);
            foreach (var (view, table) in builds)
                if (active[view.Name].Table != table && active[view.Name].Candidate != table) await tables.Drop(table, CancellationToken.None);
            throw;
        }
    }

    private async Task Fill(List<(View View, string Table)> builds, long to, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var shares = (int)(1 + to / EventsPerPassMax);
        for (var share = 0; share < shares; share++) await Fill(builds, to, share, shares, progress, ct);
    }

    private async Task Fill(
        List<(View View, string Table)> builds, long head, int share, int shares, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var folds = builds.Select(one => (one.Table, Rows: one.View.Fold())).ToList();
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
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
        while (await CatchUp(view, table, long.MaxValue, ct) >= EventsMax) { }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TrySwitch(view, table, ct)) return;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < AttemptsMax)
            {
                await Task.Delay(50, ct);
            }

            _ = await CatchUp(view, table, long.MaxValue, ct);
        }
    }

    /// <param name="most">A position that it is not to go beyond.</param>
    private async Task<int> CatchUp(View view, string table, long most, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        var from = await ViewSnapshot.PositionOf(connection, table, ct);
        var events = from >= most ? [] : await feed.After(from, (int)Math.Min(EventsMax, most - from), ct);
        if (events.Count > 0) await Apply(connection, new(view, table, from, events[^1].Position, events), ct);
        return events.Count;
    }

    /// <summary>With the live table held still, takes the last events and switches; false when there are too many left.</summary>
    private async Task<bool> TrySwitch(View view, string table, CancellationToken ct)
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var live = await HoldLive(connection, view, ct);
        var from = await ViewSnapshot.PositionOf(connection, table, ct);
        if (!await TakeRest(connection, view, table, from, live, ct)) return false;
        await using (var reset = new NpgsqlCommand("reset role", connection)) _ = await reset.ExecuteNonQueryAsync(ct);
        await ViewTables.Switch(connection, view, table, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Brings a table to where the live one is held; false when there are too many events left.</summary>
    private async Task<bool> TakeRest(NpgsqlConnection connection, View view, string table, long from, long live, CancellationToken ct)
    {
        if (from >= live) return true;
        var events = (await feed.After(from, EventsMax, ct)).Where(one => one.Position <= live).ToList();
        if (events.Count == 0 || events[^1].Position < live) return false;
        await Apply(connection, new(view, table, from, live, events), ct);
        return true;
    }

    /// <summary>Where the live table is, and stays until the transaction ends.</summary>
    private static async Task<long> HoldLive(NpgsqlConnection connection, View view, CancellationToken ct)
    {
        await using var hold = new NpgsqlCommand($"""
            set local lock_timeout = '2s';
            select p.position from ledger.views v join ledger.places p on p.name = 'view:' || v.table_name
            where v.name = '{view.Name}' for update
            """, connection);
        return (long)(await hold.ExecuteScalarAsync(ct))!;
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
}
