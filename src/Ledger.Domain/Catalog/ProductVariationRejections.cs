namespace Ledger.Domain.Catalog;

/// <summary>Every "no" a product variation can say.</summary>
public static class ProductVariationRejections
{
    public static readonly Rejection NotFound = new(
        "product_variation_not_found", RejectionKind.NotFound, "No product variation has this id.");

    public static readonly Rejection Archived = new(
        "product_variation_archived", RejectionKind.Conflict, "The product variation is no longer sold.");

    public static readonly Rejection PricesRequired = new(
        "prices_required", RejectionKind.Unprocessable, "A product variation has at least one price.");

    public static readonly Rejection PriceRepeated = new(
        "price_repeated", RejectionKind.Unprocessable, "A product variation has one price per currency.");

    public static readonly Rejection ExternalIdTaken = new(
        "product_variation_external_id_taken", RejectionKind.Conflict, "Another product variation has this external id.");
}
