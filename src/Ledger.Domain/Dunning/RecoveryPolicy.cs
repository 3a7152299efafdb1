using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Dunning;

/// <summary>Chase now, rather than with the billing of the day: something has changed that may bring the money.</summary>
/// <param name="CustomerId">All of this customer's subscriptions.</param>
/// <param name="SubscriptionId">Only this one.</param>
public sealed record ChaseAtOnce(CustomerId? CustomerId, SubscriptionId? SubscriptionId = null) : IMessage;

/// <summary>A customer who has another way to pay, or money on the balance, is not kept waiting for the next attempt.</summary>
/// <remarks>
/// A method that is added is only charged once it is chosen or is the default. A customer's very first method cannot find a chase:
/// nothing is billed before there is one.
/// </remarks>
public sealed class RecoveryPolicy : IPolicy
{
    public string Name => "recovery";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event switch
    {
        DefaultPaymentMethodChanged { IsFirst: false } changed => [new(new ChaseAtOnce(changed.CustomerId))],
        PaymentMethodActivated activated => [new(new ChaseAtOnce(activated.CustomerId))],
        SubscriptionPaymentMethodChanged changed => [new(new ChaseAtOnce(null, changed.Id))],
        CustomerBalanceAdjusted { Operation: BalanceOperation.Credit } adjusted => [new(new ChaseAtOnce(adjusted.CustomerId))],
        CustomerBalanceCredited credited => [new(new ChaseAtOnce(credited.CustomerId))],
        _ => [],
    };
}
