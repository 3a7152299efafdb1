using Ledger.Application.Tenancy;
using Ledger.Projections.Subscriptions;

namespace Ledger.Workers.Subscriptions;

/// <summary>Activates a customer's subscriptions that have items and wait for a way to pay. Each decides for itself.</summary>
public sealed class ActivatePendingSubscriptionsHandler(
    CommandHandler commands, Tenants tenants, DueSubscriptions due, EventFeed feed, ViewProgress views) : IMessageHandler<ActivatePendingSubscriptions>
{
    private static readonly TimeSpan ForViews = TimeSpan.FromSeconds(5);

    public async Task Handle(ActivatePendingSubscriptions message, MessageContext context, CancellationToken ct)
    {
        // A subscription may have come a moment before the card.
        if (!await views.WaitFor(await feed.Head(ct), ForViews, ct)) throw new NotYetException(ForViews / 50);
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        foreach (var id in await due.PendingOfCustomer(context.Tenant, message.CustomerId.Value, ct))
            _ = await commands.Handle(new ActivateSubscription(new(id), tenant.DateOf(context.Now)), context.Continuing, ct);
    }
}
