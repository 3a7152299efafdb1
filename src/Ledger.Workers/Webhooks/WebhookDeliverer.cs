using System.Threading.Channels;
using Ledger.Domain.Webhooks;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Webhooks;

/// <summary>Delivers what is due: many at once, of each subject one, of each endpoint as many as it takes. Several processes share the work.</summary>
/// <remarks>
/// What was under way when a process ended is taken again when its lease ends: each delivery is made at least once. How attempts
/// went is written in batches, so that a slow endpoint costs nobody else anything but a waiting request.
/// </remarks>
public sealed partial class WebhookDeliverer(
    WebhookTable table, WebhookAttempts attempts, CommandHandler commands, ILogger<WebhookDeliverer> log)
{
    /// <summary>How many attempts one process makes at a time: endpoints that hang have one each.</summary>
    private const int RunningMax = 2000, BatchMax = 200;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private readonly Channel<EndedAttempt> ended = Channel.CreateUnbounded<EndedAttempt>(new() { SingleReader = true });
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
                var taken = Volatile.Read(ref running) < RunningMax ? await table.Take(ct) : [];
                foreach (var one in taken) Begin(one, ct);
                if (taken.Count == 0) await LogSignal.Wait(more, Idle, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the deliverer: what nobody foresaw is said, and tried again as well.
            catch (Exception e)
            {
                LogRetry(log, e.Message);
                await Task.Delay(Idle, CancellationToken.None);
            }
#pragma warning restore CA1031
        }

        await noting;
    }

    private void Begin(TakenDelivery one, CancellationToken ct)
    {
        _ = Interlocked.Increment(ref running);
        _ = Task.Run(async () =>
        {
            try { _ = ended.Writer.TryWrite(await attempts.Make(one, ct)); }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The boundary of an attempt: its lease ends, and it is made again.
            catch (Exception e) { LogNotMade(log, one.Id, e); }
#pragma warning restore CA1031
            finally { _ = Interlocked.Decrement(ref running); }
        }, CancellationToken.None);
    }

    private async Task Note(CancellationToken ct)
    {
        var batch = new List<EndedAttempt>(BatchMax);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (batch.Count == 0) _ = await ended.Reader.WaitToReadAsync(ct);
                while (batch.Count < BatchMax && ended.Reader.TryRead(out var one)) batch.Add(one);
                var hopeless = await table.End(batch, CancellationToken.None);
                await GiveUp(batch, hopeless);
                batch.Clear();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The boundary of the notes: they are written again, or the deliveries made again.
            catch (Exception e)
            {
                LogRetry(log, e.Message);
                await Task.Delay(Idle, CancellationToken.None);
            }
#pragma warning restore CA1031
        }
    }

    private async Task GiveUp(List<EndedAttempt> batch, List<(string Tenant, Guid Endpoint)> hopeless)
    {
        var gone = batch.Where(one => one.Status == WebhookAttempts.Gone).Select(one => (one.TenantId, one.EndpointId, one.Clock, WebhookFault.Gone));
        var failed = hopeless.Select(one => (one.Tenant, one.Endpoint, batch.First(each => each.EndpointId == one.Endpoint).Clock, WebhookFault.FailedTooLong));
        foreach (var (tenant, endpoint, clock, fault) in gone.Concat(failed).DistinctBy(one => one.Item2))
        {
            var outcome = await commands.Handle(new DisableWebhookEndpoint(new(endpoint), fault), new(tenant, "worker", "webhooks", clock), CancellationToken.None);
            if (outcome.Events.Count > 0) LogGivenUp(log, endpoint, tenant, fault);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Webhooks could not be reached and will be tried again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "The webhook delivery {Id} could not be tried and will be again.")]
    private static partial void LogNotMade(ILogger log, Guid id, Exception reason);

    [LoggerMessage(3, LogLevel.Warning, "The webhook endpoint {Id} of {Tenant} is given up ({Reason}). What it misses can be asked for once it is resumed.")]
    private static partial void LogGivenUp(ILogger log, Guid id, string tenant, WebhookFault reason);
}
