using Ledger.Projections.Reports;

namespace Ledger.Workers.Billing;

/// <summary>Waits for the end of a billing run and writes down what it came to.</summary>
public sealed class CloseBillingRunHandler(TenantQuiet quiet, BillingRunFigures figures, CommandHandler commands) : IMessageHandler<CloseBillingRun>
{
    public async Task Handle(CloseBillingRun message, MessageContext context, CancellationToken ct)
    {
        await quiet.Wait(context.Tenant, context.CorrelationId, context.Id, ct);
        var (invoices, captured, failed) = await figures.Counts(context.Tenant, message.Id.Value, ct);
        var totals = await figures.Captured(context.Tenant, message.Id.Value, ct);
        _ = await commands.Handle(new CompleteBillingRun(message.Id, invoices, captured, failed, totals), context.Completing(), ct);
    }
}
