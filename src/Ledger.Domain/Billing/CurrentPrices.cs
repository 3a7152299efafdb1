using Ledger.Domain.Catalog;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Billing;

/// <summary>What a subscription's items cost on the day: frozen prices as agreed, the others as the catalog has them.</summary>
public static class CurrentPrices
{
    public static async ValueTask<IReadOnlyList<SubscriptionItem>> Of(Subscription.Known subscription, IStates states)
    {
        var items = new List<SubscriptionItem>(subscription.Items.Count);
        foreach (var item in subscription.Items)
        {
            var variation = item is { IsPriceFrozen: false, ProductVariationId: { } id }
                ? await states.Of<ProductVariation, ProductVariationEvent>(id.Stream) as ProductVariation.Known
                : null;

            // A variation that is no longer sold in this currency keeps the price it was subscribed at.
            items.Add(variation?.PriceIn(subscription.Currency) is { } price
                ? item with { UnitPrice = price, TaxRate = item.IsTaxRateFrozen ? item.TaxRate : variation.TaxRate }
                : item);
        }

        return items;
    }
}
