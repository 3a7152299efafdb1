using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Charge a method no more, and keep it. The newest of the other active ones becomes the default if this one was.</summary>
/// <remarks>
/// Refuses with <c>payment_method_not_found</c>, and with <c>payment_method_in_use</c> while it is the customer's only active
/// method and a subscription is running. Inactive already: nothing.
/// </remarks>
/// <param name="Subscriptions">All of the customer's; their states are looked at in the decision.</param>
public sealed record DeactivatePaymentMethod(PaymentMethodId Id, CustomerId CustomerId, IReadOnlyList<SubscriptionId> Subscriptions)
    : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var stream = WalletStream.Of(CustomerId);
        var wallet = await states.Of<Wallet, WalletEvent>(stream);
        if (wallet.Find(Id) is not { } method) return PaymentMethodRejections.NotFound;
        if (!method.IsActive) return JointDecision.Nothing;
        if (await wallet.IsNeeded(method, Subscriptions, states)) return PaymentMethodRejections.InUse;

        var decision = new JointDecision().Append(stream, new PaymentMethodDeactivated(Id, CustomerId));
        return wallet.NextDefault(Id) is { } next ? decision.Append(stream, new DefaultPaymentMethodChanged(next, CustomerId)) : decision;
    }
}
