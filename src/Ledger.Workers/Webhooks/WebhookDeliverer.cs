using Ledger.Application.Webhooks;
using Ledger.Domain.Webhooks;
using Ledger.Workers.Following;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Webhooks;

/// <summary>Delivers what is due: many at once, of each subject one, of each endpoint as many as it takes. Several processes share the work.</summary>
/// <remarks>
/// What was under way when a process ended is taken again when its lease ends: each delivery is made at least once. How attempts
/// went is written in batches, so that a slow endpoint costs nobody else anything but a waiting request.
/// </remarks>
internal sealed partial class WebhookDeliverer(
    WebhookTable table, WebhookAttempts attempts, CommandHandler commands, ILogger<WebhookDeliverer> log)
    : DueWork<TakenDelivery, EndedAttempt>(table.Due, "The delivery of webhooks", RunningMax, BatchMax, log)
{
    /// <summary>How many attempts one process makes at a time: endpoints that hang have one each.</summary>
    private const int RunningMax = 2000, BatchMax = 200;

    protected override Task<List<TakenDelivery>> Take(int most, CancellationToken ct) => table.Take(ct);

    protected override Task<EndedAttempt> Make(TakenDelivery one, CancellationToken ct) => attempts.Make(one, ct);

    protected override async Task End(List<EndedAttempt> batch) => await GiveUp(batch, await table.End(batch, CancellationToken.None));

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

    [LoggerMessage(3, LogLevel.Warning, "The webhook endpoint {Id} of {Tenant} is given up ({Reason}). What it misses can be asked for once it is resumed.")]
    private static partial void LogGivenUp(ILogger log, Guid id, string tenant, WebhookFault reason);
}
