using System.Collections.Concurrent;

namespace Ledger.Messaging;

/// <summary>Runs messages that are due: many at once, each under a lease that is kept while it runs.</summary>
public sealed partial class MessageRuntime : ILoop
{
    /// <summary>How many messages one process works on at a time.</summary>
    private const int RunningMax = 128;

    /// <summary>How often a message may fail before it is given up.</summary>
    private const int FailuresMax = 20;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<MessageLease, Task> running = new();
    private readonly LogSignal finished = new();
    private readonly IMessageLeases table;
    private readonly MessageTypes types;
    private readonly MessageHandlers handlers;
    private readonly GroupCommit groupCommit;
    private readonly ProcessSignals signals;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly ILogger<MessageRuntime> log;

    public MessageRuntime(
        MessageTable table, MessageTypes types, MessageHandlers handlers, GroupCommit groupCommit, ProcessSignals signals, ILogger<MessageRuntime> log)
        : this(table, types, handlers, groupCommit, signals, TimeProvider.System, Random.Shared, log) { }

    internal MessageRuntime(
        IMessageLeases table, MessageTypes types, MessageHandlers handlers, GroupCommit groupCommit, ProcessSignals signals,
        TimeProvider time, Random random, ILogger<MessageRuntime> log) =>
        (this.table, this.types, this.handlers, this.groupCommit, this.signals, this.time, this.random, this.log) =
        (table, types, handlers, groupCommit, signals, time, random, log);

    /// <summary>Runs until stopped, then waits for what is running.</summary>
    public async Task Run(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heart = KeepLeases(stop.Token);
        while (!ct.IsCancellationRequested)
        {
            var more = signals.Messages.Next;
            var free = finished.Next;
            try
            {
                var taken = running.Count < RunningMax ? await table.Take(RunningMax - running.Count, ct) : [];
                foreach (var message in taken) Begin(message);
                if (taken.Count > 0 && running.Count < RunningMax) continue;
                await LogSignal.Wait(Task.WhenAny(running.Count < RunningMax ? more : free, free), Idle, time, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                LogRetry(log, e.Message);
                await Task.Delay(Idle, time, CancellationToken.None);
            }
#pragma warning disable CA1031 // The boundary of the runtime: what nobody foresaw is said, and tried again as well.
            catch (Exception e)
            {
                LogUnforeseen(log, e);
                await Task.Delay(Idle, time, CancellationToken.None);
            }
#pragma warning restore CA1031
        }

        await Task.WhenAll(running.Values);
        stop.Cancel();
        await heart;
    }

    private void Begin(LeasedMessage message)
    {
        var started = new TaskCompletionSource(Background.Promise);
        if (!running.TryAdd(message.Lease, started.Task)) return;
        Background.Start(async () =>
        {
            try { await RunOne(message); }
            finally
            {
                _ = running.TryRemove(message.Lease, out _);
                started.SetResult();
                finished.Raise();
            }
        });
    }

    private async Task RunOne(LeasedMessage message)
    {
        var context = new MessageContext(
            message.Id, message.Tenant, message.Type, message.Now, message.Attempts, message.CorrelationId, message.CausationId);
        try
        {
            if (message.Failures >= FailuresMax)
            {
                await GiveUp(message, context, "It ended its worker, or failed, too often.");
                return;
            }

            await handlers.Handle(types.Read(message.Type, message.Json), context);
            if (!context.IsCompleted) _ = await groupCommit.Commit(new Commit(message.Tenant) { Completes = message.Lease });
        }
        catch (MessageLostException) { }   // Whoever has it does the work.
        catch (NotYetException early)
        {
            await Safely(() => table.PutBack(message.Lease, early.Again, null, CancellationToken.None));
            WakeAfter(early.Again);
        }
#pragma warning disable CA1031 // The boundary of a message: its failure is its own, and is kept for staff.
        catch (Exception e) { await Fail(message, context, e); }
#pragma warning restore CA1031
    }

    private async Task Fail(LeasedMessage message, MessageContext context, Exception e)
    {
        var reason = $"{e.GetType().Name}: {e.Message}";
        LogFailed(log, message.Type, message.Id, message.Tenant, message.Failures + 1, reason);
        if (message.Failures + 1 >= FailuresMax)
        {
            await GiveUp(message, context, reason);
            return;
        }

        var most = Math.Min(TimeSpan.FromHours(1).TotalMilliseconds, 100 * Math.Pow(2, Math.Min(message.Failures, 30)));
#pragma warning disable CA5394 // Jitter keeps no secret.
        var wait = TimeSpan.FromMilliseconds(most * (0.5 + random.NextDouble() / 2));
#pragma warning restore CA5394
        await Safely(() => table.PutBack(message.Lease, wait, reason[..Math.Min(500, reason.Length)], CancellationToken.None));
        WakeAfter(wait);
    }

    /// <summary>So that a short wait is not lengthened by the poll.</summary>
    private void WakeAfter(TimeSpan wait)
    {
        if (wait >= Idle) return;
        Background.Start(async () =>
        {
            await Task.Delay(wait, time);
            signals.Messages.Raise();
        });
    }

    private async Task GiveUp(LeasedMessage message, MessageContext context, string reason)
    {
        LogDead(log, message.Type, message.Id, message.Tenant, reason);
#pragma warning disable CA1031 // The boundary of a message: what waits for it stays so, and staff see the message.
        try { await handlers.GiveUp(types.Read(message.Type, message.Json), context); }
        catch (Exception e) { LogNotLetGo(log, message.Type, message.Id, message.Tenant, e.Message); }
#pragma warning restore CA1031
        await Safely(() => table.Bury(message.Lease, reason[..Math.Min(500, reason.Length)], CancellationToken.None));
    }

    /// <summary>What fails here is made good by the end of the lease.</summary>
    private async Task Safely(Func<Task> work)
    {
        try { await work(); }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException) { LogRetry(log, e.Message); }
    }

    private async Task KeepLeases(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Heartbeat, time, ct);
                if (!running.IsEmpty) _ = await table.Extend([.. running.Keys], ct);
            }
            catch (OperationCanceledException) { }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException) { LogRetry(log, e.Message); }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Messages could not be reached and will be tried again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Error, "Messages could not be taken and will be tried again.")]
    private static partial void LogUnforeseen(ILogger log, Exception reason);

    [LoggerMessage(2, LogLevel.Warning, "Message {Type} {Id} of {Tenant} failed, for the {Nth}. time, and will be tried again: {Reason}")]
    private static partial void LogFailed(ILogger log, string type, Guid id, string tenant, int nth, string reason);

    [LoggerMessage(5, LogLevel.Error, "What waits for message {Type} {Id} of {Tenant} could not be let go: {Reason}")]
    private static partial void LogNotLetGo(ILogger log, string type, Guid id, string tenant, string reason);

    [LoggerMessage(3, LogLevel.Error, "Message {Type} {Id} of {Tenant} is given up: {Reason} See it under dead messages; send it again once the cause is gone.")]
    private static partial void LogDead(ILogger log, string type, Guid id, string tenant, string reason);
}
