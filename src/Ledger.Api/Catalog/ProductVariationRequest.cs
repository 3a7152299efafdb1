using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;

namespace Ledger.Api.Catalog;

/// <summary>What a request may say of a variation. What is absent stays as it is.</summary>
/// <param name="Price">For one currency; <paramref name="Prices"/> for several.</param>
/// <param name="Type">The tenant's own word for what kind of variation it is.</param>
/// <param name="TaxRate">A decimal, 0.24 for 24 %; 0 if a new one says nothing.</param>
public sealed record ProductVariationRequest(
    ProductId? ProductId = null, string? Name = null, Money? Price = null, IReadOnlyList<Money>? Prices = null, TaxRate? TaxRate = null,
    bool? Hidden = null, string? ExternalId = null, IReadOnlyDictionary<string, string>? Metadata = null, string? Type = null)
{
    private const long AmountMax = 1_000_000_000_000;

    /// <summary>Null when it says nothing of prices.</summary>
    public IReadOnlyList<Money>? AllPrices => Prices ?? (Price is { } one ? [one] : null);

    public void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Name is not null, "/name", "required", "A variation has a name.").Text(Name, "/name", 200)
        .And(!isNew || ProductId is not null, "/product_id", "required", "A variation is of a product.")
        .And(isNew || ProductId is null, "/product_id", "fixed", "The product of a variation stays.")
        .And(Price is null || Prices is null, "/prices", "conflicting", "Either price or prices.")
        .And(!isNew || AllPrices is not null, "/price", "required", "A variation has a price.")
        .And(AllPrices is null or { Count: >= 1 and <= 50 }, "/prices", "out_of_range", "From 1 to 50 prices.")
        .And(AllPrices is null || AllPrices.All(one => one.Amount is >= 0 and <= AmountMax), "/price/amount", "out_of_range", "From 0 to 1,000,000,000,000 minor units.")
        .Text(Type, "/type", 50).ExternalId(ExternalId).Metadata(Metadata).OrRefuse();
}
