using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Subscriptions;

/// <summary>An item as wished for.</summary>
/// <param name="Price">A price of its own, frozen; absent for the catalog's.</param>
/// <param name="Frequency">Accepted where all items say the same.</param>
public sealed record ItemRequest(
    ProductVariationId? ProductVariationId = null, [property: StaffOnly] string? Description = null, long Quantity = 1,
    [property: StaffOnly] Money? Price = null, [property: StaffOnly] TaxRate? TaxRate = null, Frequency? Frequency = null)
{
    private const int ItemsMax = 100;
    private const long QuantityMax = 1_000_000;

    public WantedItem ToWanted() => new(Guid.CreateVersion7(), ProductVariationId, Description, Quantity, Price, TaxRate);

    public static Check CheckAll(Check check, IReadOnlyList<ItemRequest>? items)
    {
        if (items is null) return check;
        _ = check.And(items.Count <= ItemsMax, "/items", "too_many_items", $"At most {ItemsMax} items.");
        for (var i = 0; i < items.Count && i < ItemsMax; i++)
        {
            var item = items[i];
            _ = check.And(item is not null, $"/items/{i}", "required", "An item is an object.");
            if (item is null) continue;
            _ = check.And(item.ProductVariationId is not null || item.Price is not null, $"/items/{i}", "price_or_variation_required", "An item has a product variation or a price.")
                .And(item.Quantity is >= 1 and <= QuantityMax, $"/items/{i}/quantity", "out_of_range", $"From 1 to {QuantityMax}.")
                .And(item.Price is null || item.Price.Value.Amount is >= 0 and <= 1_000_000_000_000, $"/items/{i}/price/amount", "out_of_range", "From 0 to 1,000,000,000,000 minor units.")
                .Text(item.Description, $"/items/{i}/description", 200);
        }

        return check;
    }

    /// <summary>Source: rule C-J5.</summary>
    public static void RefuseMixedFrequencies(IReadOnlyList<ItemRequest>? items, Frequency? ofSubscription)
    {
        var named = (items ?? []).Select(item => item.Frequency).OfType<Frequency>().Append(ofSubscription).OfType<Frequency>().Distinct().Count();
        if (named > 1) throw new ProblemException(Problem.Of(SubscriptionRejections.MixedFrequencies));
    }
}
