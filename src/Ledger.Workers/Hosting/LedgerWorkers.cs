using Ledger.EventStore.Audit;
using Ledger.EventStore.Idempotency;
using Ledger.Identity;
using Ledger.Identity.Tokens;
using Ledger.Projections.Reports;
using Ledger.Workers.Billing;
using Ledger.Workers.Notifications;
using Ledger.Workers.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Hosting;

/// <summary>All that happens without a request, in one process of possibly several: each part sees to being alone where it must.</summary>
public sealed partial class LedgerWorkers(
    ViewRunner views, PolicyRunner policies, MessageRuntime messages, BillingScheduler billing, WebhookPublisher webhooks, WebhookDeliverer deliverer, Brokers.BrokerPublisher broker,
    WebhookTable webhookTable, NotificationPublisher notifications, NotificationSender sender, NotificationTable messageLog, ViewRebuild rebuild, OutdatedViews outdated, KnownRequests requests, AuditRows audit, PortalSessions portal,
    Exports.ExportParts exports, IdentityTables identity, SigningKeys signingKeys, IClock clock, ILogger<LedgerWorkers> log) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Task.Run(() => views.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => policies.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => messages.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => billing.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => webhooks.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => deliverer.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => broker.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => notifications.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => sender.Run(stoppingToken), CancellationToken.None),
        Task.Run(() => Renew(stoppingToken), CancellationToken.None),
        Task.Run(() => Tidy(stoppingToken), CancellationToken.None));

    private async Task Renew(CancellationToken ct)
    {
        if (outdated.Views.Count == 0) return;
        try { await rebuild.Run(outdated.Views, null, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The old tables go on being read; the next start tries again.
        catch (Exception e) { LogNotRenewed(log, string.Join(", ", outdated.Views.Select(view => view.Name)), e.Message); }
#pragma warning restore CA1031
    }

    private async Task Tidy(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await requests.Forget(ct) > 0) { }
                _ = await identity.Tidy(clock.GetCurrentInstant(), ct);
                await signingKeys.Tend(clock.GetCurrentInstant(), ct);
                while (await audit.Forget(clock.GetCurrentInstant(), ct) > 0) { }
                while (await portal.Forget(clock.GetCurrentInstant(), ct) > 0) { }
                while (await webhookTable.Forget(ct) > 0) { }
                while (await messageLog.Forget(ct) > 0) { }
                while (await exports.Forget(clock.GetCurrentInstant(), ct) > 0) { }
                await Task.Delay(TidyEvery, ct);
            }
            catch (OperationCanceledException) { }
            catch (Npgsql.NpgsqlException) { await Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None); }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The views {Views} could not be built in their new version and stay as they were: {Reason}")]
    private static partial void LogNotRenewed(ILogger log, string views, string reason);
}
