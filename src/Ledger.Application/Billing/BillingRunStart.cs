using Ledger.Application.Tenancy;

namespace Ledger.Application.Billing;

/// <summary>Sets a billing run going, as a request or a person asks for it; for a sandbox tenant the clock goes there first.</summary>
public sealed class BillingRunStart(CommandHandler commands, Tenants tenants)
{
    /// <summary>Asks for all that is due up to a day, which is today unless it says otherwise.</summary>
    /// <remarks>
    /// Refuses as <see cref="RequestBillingRun"/> and <see cref="RequestClockAdvance"/> do. The run, the move of the clock and
    /// the message that begins them are one commit.
    /// </remarks>
    public async Task<(BillingRunId Id, Rejection? Rejection)> Request(
        Tenant.Known tenant, LocalDate? asOf, CommandContext context, CancellationToken ct, Func<BillingRunId, StoredAnswer>? answer = null)
    {
        var id = new BillingRunId(Guid.CreateVersion7());
        var now = await tenants.Now(tenant, ct);
        var today = tenant.DateOf(now);
        var day = tenant.Existing(asOf ?? today);
        var run = new RequestBillingRun(id, tenant.Id, day, today);
        var asked = context with { CorrelationId = id.Value.ToString() };
        Func<JointOutcome, StoredAnswer>? answered = answer is null ? null : _ => answer(id);

        if (tenant.Mode is TenantMode.Live || day <= today)
        {
            var begin = asked with { Sends = [BillingRuns.Begin(id, context.Tenant)] };
            return (id, (await commands.Handle(run, begin, ct, answered)).Rejection);
        }

        // To the first moment of the day, so that this run and not the day's own at 06:00 does what is due.
        var advance = AdvanceOf(id);
        var move = new RequestClockAdvance(advance, tenant.Id, now, BusinessTime.StartOf(day, tenant.Zone), id);
        var both = asked with { Sends = [BillingRuns.Begin(advance, context.Tenant)] };
        return (id, (await commands.Handle(new Together(run, move), both, ct, answered)).Rejection);
    }

    /// <summary>The move of the clock that goes before a run.</summary>
    internal static ClockAdvanceId AdvanceOf(BillingRunId run) => new(DerivedId.Of(run.Value, "clock advance"));

    /// <summary>Two wishes about different streams: both are granted, or neither.</summary>
    private sealed class Together(IJointCommand first, IJointCommand second) : IJointCommand
    {
        public async ValueTask<JointDecision> Decide(IStates states)
        {
            var decision = await first.Decide(states);
            if (decision.Rejection is not null) return decision;
            var also = await second.Decide(states);
            if (also.Rejection is not null) return also;
            foreach (var (stream, happened) in also.Events) _ = decision.Append(stream, happened);
            return decision.Claim([.. also.Claims]).Release([.. also.Releases]);
        }
    }
}
