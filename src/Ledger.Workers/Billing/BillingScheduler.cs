using System.Diagnostics;
using Ledger.Application.Billing;
using Ledger.Application.Tenancy;
using Ledger.EventStore.Leases;
using Ledger.Projections;
using Ledger.Projections.Subscriptions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Workers.Billing;

/// <summary>
/// Begins each live tenant's billing run of the day, from 06:00 its time, if anything is due; and writes down at any time what time
/// alone has decided.
/// </summary>
/// <remarks>A day that was missed needs no run of its own: what is due stays due, and today's run finds it.</remarks>
public sealed partial class BillingScheduler(
    LedgerDatabase database, Tenants tenants, DueSubscriptions due, TimeLimits limits, TimeLimitWork passed, StateReader states, CommandHandler commands, IClock clock, ILogger<BillingScheduler> log) : ILoop
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    /// <summary>Often enough to keep the lease, and to take over soon from an owner that was killed.</summary>
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(3);

    /// <summary>Where a day begins first.</summary>
    private static readonly DateTimeZone LatestZone = DateTimeZone.ForOffset(Offset.FromHours(14));

    /// <summary>Runs until stopped.</summary>
    public async Task Run(CancellationToken ct)
    {
        var lease = new Lease(database, "billing");
        long? lookedAt = null;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await lease.Hold(ct) is null) lookedAt = null;
                else if (lookedAt is not { } last || Stopwatch.GetElapsedTime(last) >= LookEvery)
                {
                    await Once(ct);
                    lookedAt = Stopwatch.GetTimestamp();
                }

                await Task.Delay(HoldEvery, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the scheduler: the next look tries again.
            catch (Exception e)
            {
                LogRetry(log, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
#pragma warning restore CA1031
        }

        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(log, e.Message); }
    }

    /// <summary>Looks once at every live tenant.</summary>
    public async Task Once(CancellationToken ct)
    {
        var live = await database.QueryAsWorker("select tenant_id from views.tenants where mode = 'live'", [], row => row.GetString(0), ct);
        foreach (var name in live)
            if (await tenants.Find(name, ct) is { } tenant) await Once(tenant, ct);
        await Limits([.. live], ct);
    }

    private async Task Limits(HashSet<string> live, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant().ToMicroseconds();
        foreach (var name in await limits.Tenants(now.InZone(LatestZone).Date, now, ct))
        {
            if (!live.Contains(name) || await tenants.Find(name, ct) is not { } tenant) continue;
            _ = await passed.Do(name, tenant.DateOf(now), new(name, "worker", "billing_scheduler", now), ct);
        }
    }

    private async Task Once(Tenant.Known tenant, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant().ToMicroseconds();
        var today = tenant.DateOf(now);
        var name = tenant.Id.ToString();
        if (DailyBilling.InstantOn(today, tenant.Zone) > now) return;

        var run = BillingRunId.Daily(tenant.Id, today);
        if (await states.Of<BillingRun, BillingRunEvent>(name, run.Stream, ct) is not BillingRun.Unknown) return;
        if (await due.On(name, today, Guid.Empty, 1, ct) is []) return;

        var context = new CommandContext(name, "worker", "billing_scheduler", now)
        {
            CorrelationId = run.Value.ToString(), Sends = [BillingRuns.Begin(run, name)],
        };
        _ = await commands.Handle(new RequestBillingRun(run, tenant.Id, today, today), context, ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "Due billing could not be looked for and will be again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);
}
