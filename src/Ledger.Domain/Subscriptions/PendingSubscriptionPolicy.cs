using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;

namespace Ledger.Domain.Subscriptions;

/// <summary>Let the subscriptions begin that waited for nothing but a way to pay.</summary>
/// <param name="CustomerId">All of this customer's.</param>
public sealed record ActivatePendingSubscriptions(CustomerId CustomerId) : IMessage;

/// <summary>A pending subscription with items begins when there is something to charge, whichever came first.</summary>
public sealed class PendingSubscriptionPolicy : IPolicy
{
    public string Name => "pending_subscription";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event switch
    {
        DefaultPaymentMethodChanged changed => [new(new ActivatePendingSubscriptions(changed.CustomerId))],
        PaymentMethodActivated activated => [new(new ActivatePendingSubscriptions(activated.CustomerId))],
        _ => [],
    };
}
