using Ledger.Domain.PaymentMethods;

namespace Ledger.Domain.Subscriptions;

/// <summary>Charge this method from the next attempt on. A pending subscription with items becomes active.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c>, <c>payment_method_not_found</c> (also for another
/// customer's), <c>payment_method_inactive</c>. Choosing it again changes nothing.
/// </remarks>
public sealed record ChangeSubscriptionPaymentMethod(SubscriptionId Id, PaymentMethodId PaymentMethodId, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.IsEnded) return SubscriptionRejections.Ended;
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        if (wallet.Find(PaymentMethodId) is not { } method) return PaymentMethodRejections.NotFound;
        if (!method.IsActive) return PaymentMethodRejections.Inactive;

        var decision = new JointDecision();
        if (known.PaymentMethodId != PaymentMethodId)
            _ = decision.Append(Id.Stream, new SubscriptionPaymentMethodChanged(Id, PaymentMethodId));
        return known is { Status: SubscriptionStatus.Pending, Items.Count: > 0 }
            ? decision.Append(Id.Stream, Activation.At(Id, known.BillingStartsOn, Today, known.PaidUntil))
            : decision;
    }
}
