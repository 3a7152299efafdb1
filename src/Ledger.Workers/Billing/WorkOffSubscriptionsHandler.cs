using Ledger.Application.Tenancy;
using Ledger.Domain.Dunning;

namespace Ledger.Workers.Billing;

/// <summary>Does all that is due for some subscriptions. Each decides for itself, so doing it twice does it once.</summary>
public sealed class WorkOffSubscriptionsHandler(CommandHandler commands, Tenants tenants) : IMessageHandler<WorkOffSubscriptions>
{
    public async Task Handle(WorkOffSubscriptions message, MessageContext context, CancellationToken ct)
    {
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var today = message.Today ?? tenant.DateOf(context.Now);
        await Task.WhenAll(message.Subscriptions.Select(id => WorkOff(id, tenant.Id, today, context, ct)));
    }

    private async Task WorkOff(SubscriptionId id, TenantId tenant, LocalDate today, MessageContext context, CancellationToken ct)
    {
        // A period of nothing is settled at once, and the next one may be due as well.
        JointOutcome billed;
        do billed = await commands.Handle(new BillSubscription(id, tenant, today), context.Continuing, ct);
        while (billed.Events.Any(one => one.Event is SubscriptionBilled) && !billed.Events.Any(one => one.Event is PaymentInitiated));

        if (billed.Events.Count > 0) return;
        var chased = await commands.Handle(new ChaseSubscription(id, tenant, today), context.Continuing, ct);
        if (chased.Events.Any(one => one.Event is SubscriptionRecovered)) await WorkOff(id, tenant, today, context, ct);
    }
}
