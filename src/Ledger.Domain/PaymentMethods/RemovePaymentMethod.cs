using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Forget a method for good. The newest of the other active ones becomes the default if this one was.</summary>
/// <remarks>
/// Refuses with <c>payment_method_not_found</c>, and with <c>payment_method_in_use</c> while it is the customer's only active
/// method and a subscription is running. Removing it again changes nothing. Source: rules B14, C-D18.
/// </remarks>
/// <param name="Subscriptions">All of the customer's; their states are looked at in the decision.</param>
public sealed record RemovePaymentMethod(PaymentMethodId Id, CustomerId CustomerId, IReadOnlyList<SubscriptionId> Subscriptions)
    : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var stream = WalletStream.Of(CustomerId);
        var wallet = await states.Of<Wallet, WalletEvent>(stream);
        if (wallet.Removed.Contains(Id)) return JointDecision.Nothing;
        if (wallet.Find(Id) is not { } method) return PaymentMethodRejections.NotFound;
        if (await wallet.IsNeeded(method, Subscriptions, states)) return PaymentMethodRejections.InUse;

        var decision = new JointDecision()
            .Append(stream, new PaymentMethodRemoved(Id, CustomerId))
            .Release(AddPaymentMethod.ClaimOf(Id, CustomerId));
        return wallet.NextDefault(Id) is { } next ? decision.Append(stream, new DefaultPaymentMethodChanged(next, CustomerId)) : decision;
    }
}
