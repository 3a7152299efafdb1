using Ledger.Identity.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Hosting;

/// <summary>All that happens without a request, in one process of possibly several.</summary>
/// <param name="parts">Asked when it starts: what works on the database is made once that is ready.</param>
public sealed partial class LedgerWorkers(
    IServiceProvider parts, IClock clock, ILogger<LedgerWorkers> log) : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        parts.GetServices<ILoop>().Select(loop => (Func<CancellationToken, Task>)loop.Run).Append(Renew).Append(Tidy)
            .Select(run => Task.Run(() => run(stoppingToken), CancellationToken.None)));

    private async Task Renew(CancellationToken ct)
    {
        var outdated = parts.GetRequiredService<OutdatedViews>().Views;
        if (outdated.Count == 0) return;
        try { await parts.GetRequiredService<ViewRebuild>().Run(outdated, null, ct); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
#pragma warning disable CA1031 // The old tables go on being read; the next start tries again.
        catch (Exception e) { LogNotRenewed(log, string.Join(", ", outdated.Select(view => view.Name)), e.Message); }
#pragma warning restore CA1031
    }

    private async Task Tidy(CancellationToken ct)
    {
        var (signingKeys, forgetful) = (parts.GetRequiredService<SigningKeys>(), parts.GetServices<IForgets>());
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
