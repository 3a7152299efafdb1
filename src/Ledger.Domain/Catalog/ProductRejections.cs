namespace Ledger.Domain.Catalog;

/// <summary>Every "no" a product can say.</summary>
public static class ProductRejections
{
    public static readonly Rejection NotFound = new("product_not_found", RejectionKind.NotFound, "No product has this id.");

    public static readonly Rejection Archived = new("product_archived", RejectionKind.Conflict, "The product is no longer sold.");

    public static readonly Rejection InUse = new(
        "product_in_use", RejectionKind.Conflict, "An active subscription has a variation of the product.");

    public static readonly Rejection ExternalIdTaken = new(
        "product_external_id_taken", RejectionKind.Conflict, "Another product has this external id.");
}
