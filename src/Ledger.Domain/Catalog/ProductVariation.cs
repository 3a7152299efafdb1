namespace Ledger.Domain.Catalog;

/// <summary>A variation of a product, as it is now.</summary>
public abstract record ProductVariation : IState<ProductVariation, ProductVariationEvent>
{
    private ProductVariation() { }

    public sealed record Unknown : ProductVariation;

    public sealed record Known(
        ProductVariationId Id, ProductId ProductId, string Name, IReadOnlyList<Money> Prices, TaxRate TaxRate, bool Hidden,
        string? ExternalId, IReadOnlyDictionary<string, string>? Metadata, bool IsArchived) : ProductVariation
    {
        /// <summary>The tenant's own word for what kind of variation it is; null for none.</summary>
        public string? Type { get; init; }

        /// <summary>Null when it is not sold in this currency.</summary>
        public Money? PriceIn(Currency currency)
        {
            foreach (var price in Prices)
                if (price.Currency == currency) return price;
            return null;
        }
    }

    public static ProductVariation Initial { get; } = new Unknown();

    public static ProductVariation Evolve(ProductVariation state, ProductVariationEvent @event) => @event switch
    {
        ProductVariationCreated made => new Known(
            made.Id, made.ProductId, made.Name, made.Prices, made.TaxRate, made.Hidden, made.ExternalId, made.Metadata, IsArchived: false)
        {
            Type = made.Type,
        },
        ProductVariationChanged changed => (Known)state with
        {
            Name = changed.Name, TaxRate = changed.TaxRate, Hidden = changed.Hidden, ExternalId = changed.ExternalId,
            Metadata = changed.Metadata, Type = changed.Type,
        },
        ProductPriceChanged changed => (Known)state with { Prices = changed.Prices },
        ProductVariationArchived => (Known)state with { IsArchived = true },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}
