using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Whether a customer can do without a payment method.</summary>
internal static class PaymentMethodUse
{
    extension(Wallet wallet)
    {
        /// <summary>True while it is the only active one and a subscription lives that will want to charge one.</summary>
        public async ValueTask<bool> IsNeeded(PaymentMethod method, IReadOnlyList<SubscriptionId> subscriptions, IStates states)
        {
            if (!method.IsActive || wallet.Methods.Exists(one => one.Id != method.Id && one.IsActive)) return false;
            foreach (var id in subscriptions)
                if (await states.Of<Subscription, SubscriptionEvent>(id.Stream) is Subscription.Known { IsRunning: true }) return true;
            return false;
        }

        /// <summary>The default once this method is out; null when the default stays, or nothing is left to be it.</summary>
        public PaymentMethodId? NextDefault(PaymentMethodId without) =>
            wallet.Default == without ? wallet.Methods.FindLast(one => one.Id != without && one.IsActive)?.Id : null;
    }
}
