using Ledger.Application.Tenancy;

namespace Ledger.Application.Billing;

/// <summary>Sets the move of a sandbox tenant's clock going.</summary>
public sealed class ClockAdvanceStart(CommandHandler commands, Tenants tenants)
{
    /// <remarks>Refuses as <see cref="RequestClockAdvance"/> does.</remarks>
    public async Task<(ClockAdvanceId Id, Rejection? Rejection)> Request(
        Tenant.Known tenant, Instant to, CommandContext context, CancellationToken ct, Func<ClockAdvanceId, StoredAnswer>? answer = null)
    {
        var id = new ClockAdvanceId(Guid.CreateVersion7());
        var command = new RequestClockAdvance(id, tenant.Id, await tenants.Now(tenant, ct), to.ToMicroseconds());
        var begin = context with
        {
            CorrelationId = id.Value.ToString(), Sends = [BillingRuns.Begin(id, context.Tenant)],
        };
        Func<JointOutcome, StoredAnswer>? answered = answer is null ? null : _ => answer(id);
        return (id, (await commands.Handle(command, begin, ct, answered)).Rejection);
    }
}
