using Ledger.Application.Notifications;
using Ledger.Gateways.Post;
using Ledger.Workers.Following;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Notifications;

/// <summary>Sends what is due, several at once. Several processes share the work.</summary>
/// <remarks>
/// What was under way when a process ended is sent again when its lease ends, under the same id: by mail under the same Message-ID.
/// How attempts went is written in batches.
/// </remarks>
internal sealed partial class NotificationSender(NotificationTable table, MessageContent content, IPostOffice office, SandboxPost sandbox,
    ILogger<NotificationSender> log)
    : DueWork<TakenNotification, EndedNotification>(table.Due, "The sending of messages to people", RunningMax, BatchMax, log)
{
    private const int RunningMax = 8, BatchMax = 100;

    /// <summary>From each failed attempt to the next; after the last it is given up.</summary>
    private static readonly Duration[] Waits =
    [
        Duration.FromMinutes(1), Duration.FromMinutes(5), Duration.FromMinutes(30), Duration.FromHours(2), Duration.FromHours(6), Duration.FromHours(12), Duration.FromHours(24),
    ];

    protected override Task<List<TakenNotification>> Take(int most, CancellationToken ct) => table.Take(most, ct);

    protected override async Task<EndedNotification> Make(TakenNotification one, CancellationToken ct)
    {
        try { return await Send(one, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { throw; }
#pragma warning disable CA1031 // The boundary of an attempt: it is made again, and given up in the end.
        catch (Exception e)
        {
            LogNotSent(log, one.Id, e.GetType().Name);
            return Failed(one, "not_made", isFinal: false, mayBeSent: one.MayBeSent);
        }
#pragma warning restore CA1031
    }

    protected override Task End(List<EndedNotification> batch) => table.End(batch, CancellationToken.None);

    private async Task<EndedNotification> Send(TakenNotification one, CancellationToken ct)
    {
        var made = await content.Of(one, ct);
        if (made.Message is not { } message) return new(one.Tenant, one.Id, one.Attempt, MessageStatus.Skipped, made.Skipped, null, one.MayBeSent, 0, null);
        try
        {
            var reference = await (made.IsKept ? sandbox.Office : office).Send(message, ct);
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

    [LoggerMessage(3, LogLevel.Error, "The message {Id} could not be made and will be tried again: {Reason}")]
    private static partial void LogNotSent(ILogger log, Guid id, string reason);
}
