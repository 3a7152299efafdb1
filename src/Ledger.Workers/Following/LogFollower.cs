using Ledger.Application.Following;
using Ledger.EventStore.Leases;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Workers.Following;

/// <summary>Takes up what comes into the log, from a place of its own, in one process at a time: under a lease of the same name.</summary>
/// <remarks>What fails is tried again from what the database says. What cannot be read is waited for: a newer version is let to the front.</remarks>
/// <param name="work">What it does, as staff would say it.</param>
public abstract partial class LogFollower(LedgerDatabase database, ProcessSignals signals, string name, string work, ILogger log) : ILoop
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500), Pace = TimeSpan.FromMilliseconds(10), LetOthers = TimeSpan.FromSeconds(5);
    private long knownAt = -1;

    /// <summary>Under which it holds the lease.</summary>
    protected Lease Lease { get; } = new(database, name);

    /// <summary>Runs until stopped.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            try
            {
                if (await Lease.Hold(ct) is { } epoch && await Go(epoch, ct)) continue;
                await Task.Delay(Pace, ct);   // What comes in small batches is read in larger stretches.
                await LogSignal.Wait(next, Idle, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the follower: what failed is said, and tried again from what the database says.
            catch (Exception e)
            {
                Forget();
                var (wait, isLeft) = Failed(e);
                if (isLeft) await LetGo();
                try { await Task.Delay(wait, ct); }
                catch (OperationCanceledException) { break; }
            }
#pragma warning restore CA1031
        }

        await LetGo();
    }

    /// <summary>How far it has taken up the log, as the database says.</summary>
    protected Task<long> Place(CancellationToken ct) => LogPlace.Read(database, name, ct);

    /// <summary>Reads where it is.</summary>
    protected abstract Task Begin(CancellationToken ct);

    /// <summary>Takes up a stretch. Returns whether there may be more at once.</summary>
    protected abstract Task<bool> Step(long epoch, CancellationToken ct);

    /// <summary>Has the next step begin with what the database says.</summary>
    protected void Forget() => knownAt = -1;

    /// <summary>Says what failed. Returns how long to wait, and whether another process may try meanwhile.</summary>
    protected virtual (TimeSpan Wait, bool IsLeft) Failed(Exception e)
    {
        if (e is NpgsqlException or IOException or TimeoutException) LogRetry(log, work, e.Message);
        else LogStopped(log, work, e);
        return e is UnreadableInLogException ? (LetOthers, true) : (Idle, false);
    }

    private async Task<bool> Go(long epoch, CancellationToken ct)
    {
        if (knownAt != epoch)
        {
            await Begin(ct);
            knownAt = epoch;
        }

        return await Step(epoch, ct);
    }

    private async Task LetGo()
    {
        try { await Lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(log, work, e.Message); }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Work} could not go on and will again: {Reason}")]
    private static partial void LogRetry(ILogger log, string work, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Work} cannot go on. What is to be done waits; correct it and start again.")]
    private static partial void LogStopped(ILogger log, string work, Exception reason);
}
