using Ledger.Application.Billing;
using Ledger.Projections;
using Ledger.Projections.Subscriptions;

namespace Ledger.Workers.Billing;

/// <summary>Moves a sandbox tenant's clock from one due instant to the next, and lets all that each causes end first.</summary>
/// <remarks>Where it stands is in the log, so a worker that takes over goes on from there.</remarks>
public sealed class AdvanceClockHandler(
    StateReader states, TenantQuiet quiet, DueSubscriptions due, TimeLimits limits, TimeLimitWork passed, LedgerDatabase database,
    CommandHandler commands)
    : IMessageHandler<AdvanceClock>
{
    /// <summary>How long a whole move waits for endpoints that do not answer: what they miss is tried again later.</summary>
    private static readonly TimeSpan PatienceWithWebhooks = TimeSpan.FromSeconds(10);

    public async Task Handle(AdvanceClock message, MessageContext context, CancellationToken ct)
    {
        for (var patience = PatienceWithWebhooks; ;)
        {
            await quiet.Wait(context.Tenant, null, context.Id, ct);
            patience = await quiet.WaitForWebhooks(context.Tenant, patience, ct);
            if (await states.Of<ClockAdvance, ClockAdvanceEvent>(context.Tenant, message.Id.Stream, ct) is not ClockAdvance.Known { IsCompleted: false } known) return;

            // Its zone may move while the clock does.
            var tenant = (Tenant.Known)await states.Of<Tenant, TenantEvent>(context.Tenant, known.Tenant.Stream, ct);

            // Another move may have ended since this one was asked for: it goes on from there.
            var advance = known with { At = Instant.Max(known.At, context.Now) };
            if (await passed.Do(context.Tenant, tenant.DateOf(advance.At), context.Continuing with { At = advance.At }, ct) > 0) continue;
            var stop = await NextStop(advance, tenant, ct);
            if (stop.At <= advance.At && stop.BillingDay is null)
            {
                await Complete(advance, context, ct);
                return;
            }

            await Stop(advance, stop, tenant, context, ct);
        }
    }

    /// <summary>The next instant at which something is due, or where the clock is to go, whichever comes first.</summary>
    private async Task<(Instant At, LocalDate? BillingDay)> NextStop(ClockAdvance.Known advance, Tenant.Known tenant, CancellationToken ct)
    {
        var today = tenant.DateOf(advance.At);
        var billed = advance.BillingDay ?? (DailyBilling.InstantOn(today, tenant.Zone) <= advance.At ? today : today.PlusDays(-1));
        var held = Earlier(await FirstHeld(tenant, ct), await limits.NextInstant(tenant.Id.ToString(), advance.At, ct));
        var day = Earlier(await due.NextDayAfter(tenant.Id.ToString(), billed, ct), await limits.NextOverdueDay(tenant.Id.ToString(), billed, ct));
        if (day is { } planned) day = tenant.Existing(planned);
        var billing = day is { } next ? DailyBilling.InstantOn(next, tenant.Zone) : Instant.MaxValue;
        if (billing <= advance.To && billing <= (held ?? Instant.MaxValue)) return (Instant.Max(billing, advance.At), day);
        return held is { } first && first <= advance.To ? (Instant.Max(first, advance.At), null) : (advance.To, null);
    }

    private static T? Earlier<T>(T? one, T? other) where T : struct, IComparable<T> =>
        one is { } a && other is { } b ? (a.CompareTo(b) <= 0 ? a : b) : one ?? other;

    private async Task<Instant?> FirstHeld(Tenant.Known tenant, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant.Id.ToString(),
            "select min(due_at) from ledger.messages where tenant_id = $1 and run_at = 'infinity'", [tenant.Id.ToString()],
            row => row.GetInstantOrNull(0), ct))[0];

    private async Task Stop(
        ClockAdvance.Known advance, (Instant At, LocalDate? BillingDay) stop, Tenant.Known tenant, MessageContext context, CancellationToken ct)
    {
        var then = context.Continuing with { At = stop.At, ClockTo = stop.At };
        if (stop.BillingDay is { } day)
        {
            var run = BillingRunId.Daily(tenant.Id, day);
            _ = await commands.Handle(new RequestBillingRun(run, tenant.Id, day, day), context.Continuing with { At = stop.At }, ct);
            then = then with { Sends = [BillingRuns.Begin(run, context.Tenant)] };
        }

        _ = await commands.Handle(new MoveClock(advance.Id, stop.At, stop.BillingDay), then, ct);
    }

    private async Task Complete(ClockAdvance.Known advance, MessageContext context, CancellationToken ct)
    {
        var last = context.Completing() with { At = advance.At };
        if (advance.Then is { } run) last = last with { Sends = [BillingRuns.Begin(run, context.Tenant)] };
        _ = await commands.Handle(new CompleteClockAdvance(advance.Id), last, ct);
    }
}
