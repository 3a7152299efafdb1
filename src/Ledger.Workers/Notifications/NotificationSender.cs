using System.Threading.Channels;
using Ledger.Gateways.Post;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Notifications;

/// <summary>Sends what is due, several at once. Several processes share the work.</summary>
/// <remarks>
/// What was under way when a process ended is sent again when its lease ends, under the same id: by mail under the same Message-ID.
/// How attempts went is written in batches.
/// </remarks>
public sealed partial class NotificationSender(NotificationTable table, MessageContent content, IPostOffice office, ILogger<NotificationSender> log)
{
    private const int RunningMax = 8, BatchMax = 100;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    /// <summary>From each failed attempt to the next; after the last it is given up.</summary>
    private static readonly Duration[] Waits =
    [
        Duration.FromMinutes(1), Duration.FromMinutes(5), Duration.FromMinutes(30), Duration.FromHours(2), Duration.FromHours(6), Duration.FromHours(12), Duration.FromHours(24),
    ];

    private readonly Channel<EndedNotification> ended = Channel.CreateUnbounded<EndedNotification>(new() { SingleReader = true });
    private int running;

    /// <summary>Runs until stopped. What is under way then is left, and taken again.</summary>
    public async Task Run(CancellationToken ct)
    {
        var noting = Task.Run(() => Note(ct), CancellationToken.None);
        while (!ct.IsCancellationRequested)
        {
            var more = table.Due.Next;
            try
            {
                var room = RunningMax - Volatile.Read(ref running);
                var taken = room > 0 ? await table.Take(room, ct) : [];
                foreach (var one in taken) Begin(one, ct);
                if (taken.Count == 0) await LogSignal.Wait(more, Idle, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the sender: what nobody foresaw is said, and tried again as well.
            catch (Exception e)
            {
                LogRetry(log, e.Message);
                await Task.Delay(Idle, CancellationToken.None);
            }
#pragma warning restore CA1031
        }

        await noting;
    }

    private void Begin(TakenNotification one, CancellationToken ct)
    {
        _ = Interlocked.Increment(ref running);
        _ = Task.Run(async () =>
        {
            try { _ = ended.Writer.TryWrite(await Send(one, ct)); }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The boundary of an attempt: it is made again, and given up in the end.
            catch (Exception e)
            {
                LogNotSent(log, one.Id, e.GetType().Name);
                _ = ended.Writer.TryWrite(Failed(one, "not_made", isFinal: false, mayBeSent: one.MayBeSent));
            }
#pragma warning restore CA1031
            finally
            {
                _ = Interlocked.Decrement(ref running);
                table.Due.Raise();
            }
        }, CancellationToken.None);
    }

    private async Task<EndedNotification> Send(TakenNotification one, CancellationToken ct)
    {
        var made = await content.Of(one, ct);
        if (made.Message is not { } message) return new(one.Tenant, one.Id, one.Attempt, MessageStatus.Skipped, made.Skipped, null, one.MayBeSent, 0, null);
        try
        {
            var reference = await office.Send(message, ct);
            return new(one.Tenant, one.Id, one.Attempt, MessageStatus.Sent, null, reference, false, 0, null);
        }
        catch (PostException e) { return Failed(one, e.Code, e.IsFinal, one.MayBeSent || e.MayBeSent); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Failed(one, "folder_not_written", isFinal: false, one.MayBeSent); }
    }

    private static EndedNotification Failed(TakenNotification one, string reason, bool isFinal, bool mayBeSent)
    {
        if (isFinal || one.Attempt > Waits.Length) return new(one.Tenant, one.Id, one.Attempt, MessageStatus.Failed, reason, null, mayBeSent, 0, null);
        var wait = Waits[one.Attempt - 1];
        return new(one.Tenant, one.Id, one.Attempt, MessageStatus.Pending, reason, null, mayBeSent, wait.TotalSeconds, one.Clock + wait);
    }

    private async Task Note(CancellationToken ct)
    {
        var batch = new List<EndedNotification>(BatchMax);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (batch.Count == 0) _ = await ended.Reader.WaitToReadAsync(ct);
                while (batch.Count < BatchMax && ended.Reader.TryRead(out var one)) batch.Add(one);
                await table.End(batch, CancellationToken.None);
                batch.Clear();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The boundary of the notes: they are written again, or the messages sent again.
            catch (Exception e)
            {
                LogRetry(log, e.Message);
                await Task.Delay(Idle, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Messages to people could not be looked at and will be again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "The message {Id} could not be made and will be tried again: {Reason}")]
    private static partial void LogNotSent(ILogger log, Guid id, string reason);
}
