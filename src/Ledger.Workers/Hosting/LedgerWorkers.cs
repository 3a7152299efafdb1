using Ledger.Identity.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Hosting;

/// <summary>All that happens without a request, in one process of possibly several.</summary>
public sealed partial class LedgerWorkers(
    IEnumerable<ILoop> loops, IEnumerable<IForgets> forgetful, ViewRebuild rebuild, OutdatedViews outdated, SigningKeys signingKeys, IClock clock,
    ILogger<LedgerWorkers> log) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        loops.Select(loop => (Func<CancellationToken, Task>)loop.Run).Append(Renew).Append(Tidy)
            .Select(run => Task.Run(() => run(stoppingToken), CancellationToken.None)));

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
                await signingKeys.Tend(clock.GetCurrentInstant(), ct);
                foreach (var one in forgetful)
                    while (await one.Forget(clock.GetCurrentInstant(), ct) > 0) { }
                await Task.Delay(TidyEvery, ct);
            }
            catch (OperationCanceledException) { }
            catch (Npgsql.NpgsqlException) { await Task.Delay(TimeSpan.FromSeconds(10), CancellationToken.None); }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The views {Views} could not be built in their new version and stay as they were: {Reason}")]
    private static partial void LogNotRenewed(ILogger log, string views, string reason);
}
