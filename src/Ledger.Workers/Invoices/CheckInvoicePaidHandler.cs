using Ledger.Domain.Invoices;
using Ledger.Workers.Tenancy;

namespace Ledger.Workers.Invoices;

/// <summary>Calls an invoice overdue that was not paid in time.</summary>
public sealed class CheckInvoicePaidHandler(CommandHandler commands, Tenants tenants) : IMessageHandler<CheckInvoicePaid>
{
    public async Task Handle(CheckInvoicePaid message, MessageContext context, CancellationToken ct)
    {
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        _ = await commands.Handle(new MarkInvoiceOverdue(message.Id, tenant.DateOf(context.Now)), context.Completing(), ct);
    }
}
