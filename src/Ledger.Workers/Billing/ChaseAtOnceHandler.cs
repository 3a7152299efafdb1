using Ledger.Application.Tenancy;
using Ledger.Domain.Dunning;
using Ledger.Projections.Subscriptions;

namespace Ledger.Workers.Billing;

/// <summary>Chases a customer's subscriptions, or one, and bills what was missed by those that recover at once.</summary>
/// <remarks>A subscription that is chased has long been in the view, so that it is found though the view may be a little behind.</remarks>
public sealed class ChaseAtOnceHandler(CommandHandler commands, Tenants tenants, DueSubscriptions due) : IMessageHandler<ChaseAtOnce>
{
    public async Task Handle(ChaseAtOnce message, MessageContext context, CancellationToken ct)
    {
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var today = tenant.DateOf(context.Now);
        if (message.SubscriptionId is { } one) await Chase(one, tenant.Id, today, context, ct);
        if (message.CustomerId is not { } customer) return;
        foreach (var id in await due.OfCustomer(context.Tenant, customer.Value, ct)) await Chase(new(id), tenant.Id, today, context, ct);
    }

    private async Task Chase(SubscriptionId id, TenantId tenant, LocalDate today, MessageContext context, CancellationToken ct)
    {
        var chased = await commands.Handle(new ChaseSubscription(id, tenant, today), context.Continuing, ct);
        if (chased.Events.Any(one => one.Event is SubscriptionRecovered))
            _ = await commands.Handle(new BillSubscription(id, tenant, today), context.Continuing, ct);
    }
}
