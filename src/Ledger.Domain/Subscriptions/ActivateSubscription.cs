using Ledger.Domain.PaymentMethods;

namespace Ledger.Domain.Subscriptions;

/// <summary>Let a pending subscription begin, now that its customer may have a way to pay. Activating again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c>, <c>subscription_items_required</c>,
/// <c>payment_method_not_found</c>.
/// </remarks>
public sealed record ActivateSubscription(SubscriptionId Id, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.IsEnded) return SubscriptionRejections.Ended;
        if (known.Status is not SubscriptionStatus.Pending) return JointDecision.Nothing;
        if (known.Items.Count == 0) return SubscriptionRejections.NoItems;

        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        return wallet.Chargeable(known.PaymentMethodId) is null
            ? PaymentMethodRejections.NotFound
            : new JointDecision().Append(Id.Stream, Activation.At(Id, known.BillingStartsOn, Today, known.PaidUntil));
    }
}
