using Ledger.Application.Billing;
using Ledger.Projections.Reports;

namespace Ledger.Workers.Billing;

/// <summary>Waits for the end of a billing run and writes down what it came to, over all dates that it went over.</summary>
public sealed class CloseBillingRunHandler(TenantQuiet quiet, BillingRunFigures figures, StateReader states, CommandHandler commands)
    : IMessageHandler<CloseBillingRun>
{
    public async Task Handle(CloseBillingRun message, MessageContext context, CancellationToken ct)
    {
        await quiet.Wait(context.Tenant, context.CorrelationId, context.Id, ct);
        if (await states.Of<BillingRun, BillingRunEvent>(context.Tenant, message.Id.Stream, ct) is not BillingRun.Known run) return;
        var days = await Before(run, context.Tenant, ct);
        days.Add(await Figures(run.AsOfDate, message.Id, context.Tenant, ct));
        _ = await commands.Handle(new CompleteBillingRun(message.Id, days), context.Completing(), ct);
    }

    /// <summary>The runs of the days over which a sandbox tenant's clock went on the way to this one.</summary>
    private async Task<List<BilledDay>> Before(BillingRun.Known run, string tenant, CancellationToken ct)
    {
        var days = new List<BilledDay>();
        if (await states.Of<ClockAdvance, ClockAdvanceEvent>(tenant, BillingRunStart.AdvanceOf(run.Id).Stream, ct) is not ClockAdvance.Known advance) return days;
        foreach (var day in advance.Days) days.Add(await Figures(day, BillingRunId.Daily(run.Tenant, day), tenant, ct));
        return days;
    }

    private async Task<BilledDay> Figures(LocalDate day, BillingRunId run, string tenant, CancellationToken ct)
    {
        var (invoices, captured, failed) = await figures.Counts(tenant, run.Value, ct);
        return new(day, invoices, captured + failed, captured, failed, await figures.Captured(tenant, run.Value, ct));
    }
}
