using Ledger.EventStore.Feed;
using Ledger.EventStore.Leases;
using Microsoft.Extensions.Logging;

namespace Ledger.EventStore.Projecting;

/// <summary>Keeps every view up with the log: one reader for all, rows and places written in one transaction.</summary>
/// <remarks>
/// Whoever holds the lease runs it. A view that cannot fold an event stops alone, where it stood, and says so; the others
/// go on.
/// </remarks>
public sealed partial class ViewRunner : ILoop
{
    private const int EventsMax = 2000;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, string> stopped = [];
    private readonly IViewRows rows;
    private readonly ILeaseRows leases;
    private readonly IEventPages feed;
    private readonly ProcessSignals signals;
    private readonly IReadOnlyList<View> views;
    private readonly TimeProvider time;
    private readonly ILogger<ViewRunner> log;

    public ViewRunner(
        LedgerDatabase database, EventFeed feed, ViewTables tables, ProcessSignals signals, IReadOnlyList<View> views, ILogger<ViewRunner> log)
        : this(new ViewRows(database, tables), new LeaseRows(database), feed, signals, views, TimeProvider.System, log) { }

    internal ViewRunner(
        IViewRows rows, ILeaseRows leases, IEventPages feed, ProcessSignals signals, IReadOnlyList<View> views, TimeProvider time, ILogger<ViewRunner> log) =>
        (this.rows, this.leases, this.feed, this.signals, this.views, this.time, this.log) = (rows, leases, feed, signals, views, time, log);

    /// <summary>Why a view has stopped, by its name.</summary>
    public IReadOnlyDictionary<string, string> Stopped => stopped;

    /// <summary>Runs until stopped; what fails in passing is tried again.</summary>
    public async Task Run(CancellationToken ct)
    {
        var lease = new Lease(leases, "views", time);
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            try
            {
                if (await lease.Hold(ct) is { } epoch && await Step(lease.Name, epoch, ct) > 0) continue;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (PostgresException e) when (e.SqlState == "LG001")   // Switched, or another owner: look again.
            {
                lease.Doubt();
                continue;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException) { LogRetry(log, e.Message); }
#pragma warning disable CA1031 // The boundary of the runner: what nobody foresaw is said, and tried again as well.
            catch (Exception e) { LogUnforeseen(log, e); }
#pragma warning restore CA1031

            try { await LogSignal.Wait(next, Idle, time, ct); }
            catch (OperationCanceledException) { break; }
        }

        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(log, e.Message); }
    }

    /// <summary>Folds one page into every view that has not seen it. Returns how many events it read.</summary>
    public async Task<int> Step(string leaseName, long epoch, CancellationToken ct)
    {
        var active = await rows.Active(ct);
        var running = views.Where(view => active[view.Name].Version == view.Version && !stopped.ContainsKey(view.Name)).ToList();
        if (running.Count == 0) return 0;

        var from = running.Min(view => active[view.Name].Position);
        var page = await feed.After(from, EventsMax, ct);
        if (page.Count == 0) return 0;

        var to = page[^1].Position;
        var batches = running
            .Select(view => new ViewPage(view, active[view.Name].Table, active[view.Name].Position, to,
                [.. page.Where(happened => happened.Position > active[view.Name].Position)]))
            .Where(one => one.From < to).ToList();

        await Load(batches, ct);
        batches.RemoveAll(one => !Fold(one));
        if (batches.Count == 0) return page.Count;

        try { await rows.Write(batches, leaseName, epoch, ct); }
        catch (PostgresException e) when (IsOfRows(e))
        {
            // Nothing was written. Each alone, it shows whose rows the database refuses.
            foreach (var one in batches) await WriteAlone(one, leaseName, epoch, ct);
        }

        signals.Seen(to);
        signals.ViewsMoved();
        return page.Count;
    }

    private async Task WriteAlone(ViewPage one, string leaseName, long epoch, CancellationToken ct)
    {
        try { await rows.Write([one], leaseName, epoch, ct); }
        catch (PostgresException e) when (IsOfRows(e))
        {
            Stop(one.View, new PoisonEventException(one.Events[^1], e));
        }
    }

    /// <summary>The database refuses what is to be stored, and will each time: a value, a constraint, a column, a limit.</summary>
    private static bool IsOfRows(PostgresException e) => e.SqlState[..2] is "22" or "23" or "42" or "54";

    private async Task Load(List<ViewPage> pages, CancellationToken ct)
    {
        var asked = new List<(ViewPage, NpgsqlBatchCommand)>();
        foreach (var page in pages.ToList())
        {
            try
            {
                if (page.Rows.Missing(page.Events, page.Table) is { } missing) asked.Add((page, missing));
            }
            catch (PoisonEventException e)
            {
                Stop(page.View, e);
                _ = pages.Remove(page);
            }
        }

        if (asked.Count > 0) await rows.Load(asked, ct);
    }

    private bool Fold(ViewPage page)
    {
        try
        {
            foreach (var happened in page.Events) page.Rows.Apply(happened);
            return true;
        }
        catch (PoisonEventException e)
        {
            Stop(page.View, e);
            return false;
        }
    }

    private void Stop(View view, PoisonEventException poison)
    {
        stopped[view.Name] = poison.Message;
        LogStopped(log, view.Name, poison.Message);
    }

    [LoggerMessage(1, LogLevel.Warning, "The views could not be brought up and will be tried again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(3, LogLevel.Error, "The views could not be brought up and will be tried again.")]
    private static partial void LogUnforeseen(ILogger log, Exception reason);

    [LoggerMessage(2, LogLevel.Error, "The view {View} has stopped: {Reason}. It stays as it was before; correct it and rebuild it.")]
    private static partial void LogStopped(ILogger log, string view, string reason);
}

/// <summary>One view's share of a page of the log.</summary>
internal sealed record ViewPage(View View, string Table, long From, long To, IReadOnlyList<StoredEvent> Events)
{
    public ViewFold Rows { get; } = View.Fold();

    /// <summary>Moves the view's place, or undoes the transaction.</summary>
    public NpgsqlBatchCommand Move(string? leaseName, long? epoch, bool isActive = true) => TenantQueries.Command(
        "select ledger.move_view($1, $2, $3, $4, $5, $6)",
        [
            OrNull.Of(isActive ? View.Name : null), Table, From, To, OrNull.Of(leaseName),
            OrNull.Of(epoch),
        ]);
}
