using Ledger.Domain.Catalog;

namespace Ledger.Domain.Subscriptions;

/// <summary>An item as wished for: a variation at the catalog's price, or at a price of its own, or a price and a description alone.</summary>
/// <param name="Price">A price of its own, frozen; null for the catalog's.</param>
/// <param name="TaxRate">Null for the variation's.</param>
public sealed record WantedItem(
    Guid Id, ProductVariationId? ProductVariationId, string? Description, long Quantity, Money? Price, TaxRate? TaxRate)
{
    /// <summary>The largest total of an item that is accepted: far above any bill, and far below overflow.</summary>
    public const long TotalMax = 1_000_000_000_000_000;

    /// <summary>The item with what the catalog says today.</summary>
    internal static async ValueTask<(IReadOnlyList<SubscriptionItem> Items, Rejection? Rejection)> Resolve(
        IReadOnlyList<WantedItem> wanted, Currency currency, IStates states)
    {
        var items = new List<SubscriptionItem>(wanted.Count);
        foreach (var one in wanted)
        {
            ProductVariation.Known? variation = null;
            if (one.ProductVariationId is { } id)
            {
                variation = await states.Of<ProductVariation, ProductVariationEvent>(id.Stream) as ProductVariation.Known;
                if (variation is null) return ([], ProductVariationRejections.NotFound);
                if (variation.IsArchived || await IsArchived(variation.ProductId, states)) return ([], ProductVariationRejections.Archived);
            }

            var price = one.Price ?? variation?.PriceIn(currency);
            if (price is not { } agreed) return ([], SubscriptionRejections.PriceMissing);
            if (agreed.Currency != currency) return ([], SubscriptionRejections.CurrencyMismatch);
            if ((Int128)agreed.Amount * one.Quantity > TotalMax) return ([], SubscriptionRejections.AmountTooLarge);
            items.Add(new(
                one.Id, one.ProductVariationId, one.Description ?? variation?.Name ?? "Subscription", one.Quantity, agreed,
                one.TaxRate ?? variation?.TaxRate ?? default, IsPriceFrozen: one.Price is not null,
                IsTaxRateFrozen: one.TaxRate is not null));
        }

        return (items, null);
    }

    /// <summary>With a product all its variations are sold no more.</summary>
    private static async ValueTask<bool> IsArchived(ProductId product, IStates states) =>
        await states.Of<Product, ProductEvent>(product.Stream) is Product.Known { IsArchived: true };
}
