using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Customers;

/// <summary>Forget a customer: the key to everything personal is destroyed with this. Deleting again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, and with <c>customer_has_subscriptions</c> while one of theirs is running: nobody is
/// charged who is not known. Invoices, payments and reports keep their amounts. The external id and the e-mail address are
/// free again.
/// </remarks>
/// <param name="Subscriptions">All of the customer's; their states are looked at in the decision.</param>
public sealed record DeleteCustomer(CustomerId Id, IReadOnlyList<SubscriptionId> Subscriptions) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.Of<Customer, CustomerEvent>(Id.Stream);
        if (state is Customer.Deleted) return JointDecision.Nothing;
        if (state is not Customer.Known known) return CustomerRejections.NotFound;
        foreach (var id in Subscriptions)
            if (await states.Of<Subscription, SubscriptionEvent>(id.Stream) is Subscription.Known { IsRunning: true }) return CustomerRejections.HasSubscriptions;

        return new JointDecision().Append(Id.Stream, new CustomerDeleted(Id)).Release([
            new Claim("customer.handle", known.CustomerHandle, Id.Stream, CustomerRejections.HandleTaken),
            .. CustomerClaims.Of(Id, known.ExternalId, known.EmailToken)]);
    }
}
