using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Customers;

/// <summary>Forget a customer: the key to everything personal is destroyed with this. Deleting again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, and while anything is open between the customer and us with <c>customer_has_subscriptions</c>
/// where a subscription runs, else with <c>customer_has_open_business</c>; both list what it is. The payment methods are removed with the
/// customer, and subscriptions that never began are cancelled. Invoices, payments and reports keep their amounts. The external id and the
/// e-mail address are free again.
/// </remarks>
/// <param name="Things">All that may be open.</param>
public sealed record DeleteCustomer(CustomerId Id, CustomerThings Things, Instant Now, LocalDate Today) : IJointCommand
{
    private const int ListedMax = 20;

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.Of<Customer, CustomerEvent>(Id.Stream);
        if (state is Customer.Deleted) return JointDecision.Nothing;
        if (state is not Customer.Known known) return CustomerRejections.NotFound;
        if (await new OpenBusiness(states, Now).Of(Id, Things) is { Count: > 0 } open) return await Refusal(states, open);

        var decision = new JointDecision().Append(Id.Stream, new CustomerDeleted(Id)).Release([
            new Claim("customer.handle", known.CustomerHandle, Id.Stream, CustomerRejections.HandleTaken),
            .. CustomerClaims.Of(Id, known.ExternalId, known.EmailToken)]);
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(Id));
        foreach (var method in wallet.Methods)
            _ = decision.Append(WalletStream.Of(Id), new PaymentMethodRemoved(method.Id, Id)).Release(AddPaymentMethod.ClaimOf(method.Id, Id));
        foreach (var id in Things.Subscriptions)
        {
            if (await states.Of<Subscription, SubscriptionEvent>(id.Stream) is Subscription.Known { Status: SubscriptionStatus.Pending })
                _ = decision.Append(id.Stream, new SubscriptionCancelled(id, Today, "customer_deleted"));
        }

        return decision;
    }

    private async ValueTask<Rejection> Refusal(IStates states, IReadOnlyList<string> open)
    {
        var runs = false;
        foreach (var id in Things.Subscriptions) runs |= await states.Of<Subscription, SubscriptionEvent>(id.Stream) is Subscription.Known { IsRunning: true };
        var more = open.Count > ListedMax ? $"; and {open.Count - ListedMax} more" : "";
        return (runs ? CustomerRejections.HasSubscriptions : CustomerRejections.HasOpenBusiness)
            .With($"Still open: {string.Join("; ", open.Take(ListedMax))}{more}.");
    }
}
