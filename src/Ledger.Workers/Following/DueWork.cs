using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Following;

/// <summary>Does what is due, several at once, each under a lease; how it went is written in batches. Several processes share the work.</summary>
/// <remarks>What was under way when a process ended is done again when its lease ends: each at least once.</remarks>
/// <param name="due">Raised when there may be more to do.</param>
/// <param name="work">What it does, as staff would say it.</param>
/// <typeparam name="TTaken">One thing to do.</typeparam>
/// <typeparam name="TEnded">How it went.</typeparam>
internal abstract partial class DueWork<TTaken, TEnded>(LogSignal due, string work, int runningMax, int batchMax, ILogger log) : ILoop
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private readonly Channel<TEnded> ended = Channel.CreateUnbounded<TEnded>(new() { SingleReader = true });
    private int running;

    /// <summary>Runs until stopped. What is under way then is left, and taken again.</summary>
    public async Task Run(CancellationToken ct)
    {
        var noting = Task.Run(() => Note(ct), CancellationToken.None);
        while (!ct.IsCancellationRequested)
        {
            var more = due.Next;
            try
            {
                var room = runningMax - Volatile.Read(ref running);
                var taken = room > 0 ? await Take(room, ct) : [];
                foreach (var one in taken) Begin(one, ct);
                if (taken.Count == 0) await LogSignal.Wait(more, Idle, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the loop: what nobody foresaw is said, and tried again as well.
            catch (Exception e)
            {
                LogRetry(log, work, e.Message);
                await Task.Delay(Idle, CancellationToken.None);
            }
#pragma warning restore CA1031
        }

        await noting;
    }

    /// <summary>Leases what is due.</summary>
    protected abstract Task<List<TTaken>> Take(int most, CancellationToken ct);

    /// <summary>Does it. What is thrown leaves it to the end of its lease.</summary>
    protected abstract Task<TEnded> Make(TTaken one, CancellationToken ct);

    /// <summary>Writes down how it went. What is thrown has it written again.</summary>
    protected abstract Task End(List<TEnded> batch);

    private void Begin(TTaken one, CancellationToken ct)
    {
        _ = Interlocked.Increment(ref running);
        _ = Task.Run(async () =>
        {
            try { _ = ended.Writer.TryWrite(await Make(one, ct)); }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The boundary of an attempt: its lease ends, and it is made again.
            catch (Exception e) { LogNotMade(log, work, e); }
#pragma warning restore CA1031
            finally
            {
                if (Interlocked.Decrement(ref running) == runningMax - 1) due.Raise();   // There is room again.
            }
        }, CancellationToken.None);
    }

    private async Task Note(CancellationToken ct)
    {
        var batch = new List<TEnded>(batchMax);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (batch.Count == 0) _ = await ended.Reader.WaitToReadAsync(ct);
                while (batch.Count < batchMax && ended.Reader.TryRead(out var one)) batch.Add(one);
                await End(batch);
                batch.Clear();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The boundary of the notes: they are written again, or the work is done again.
            catch (Exception e)
            {
                LogRetry(log, work, e.Message);
                await Task.Delay(Idle, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Work} could not go on and will again: {Reason}")]
    private static partial void LogRetry(ILogger log, string work, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Work}: one could not be tried and will be again.")]
    private static partial void LogNotMade(ILogger log, string work, Exception reason);
}
