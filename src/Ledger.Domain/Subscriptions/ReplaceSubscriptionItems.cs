using Ledger.Domain.PaymentMethods;

namespace Ledger.Domain.Subscriptions;

/// <summary>Say what is subscribed to, from the next invoice on. A pending subscription that can be paid becomes active.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c>, <c>subscription_items_required</c>,
/// <c>product_variation_not_found</c>, <c>product_variation_archived</c>, <c>price_missing</c>, <c>currency_mismatch</c>.
/// The same items again change nothing.
/// </remarks>
public sealed record ReplaceSubscriptionItems(SubscriptionId Id, IReadOnlyList<WantedItem> Items, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.IsEnded) return SubscriptionRejections.Ended;
        if (Items.Count == 0) return SubscriptionRejections.NoItems;

        var (items, rejection) = await WantedItem.Resolve(Items, known.Currency, states);
        if (rejection is not null) return rejection;

        var decision = new JointDecision();
        if (!SubscriptionItem.AreSame(items, known.Items)) _ = decision.Append(Id.Stream, new SubscriptionItemsReplaced(Id, items));
        if (known.Status is not SubscriptionStatus.Pending) return decision;
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        return wallet.Chargeable(known.PaymentMethodId) is null
            ? decision
            : decision.Append(Id.Stream, Activation.At(Id, known.BillingStartsOn, Today, known.PaidUntil));
    }
}
