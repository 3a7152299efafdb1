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

    public static readonly Rejection ImageNotFound = new("product_image_not_found", RejectionKind.NotFound, "There is no such image.");

    public static readonly Rejection ImageNotAnImage = new(
        "product_image_not_an_image", RejectionKind.Unprocessable, "An image is a PNG, a JPEG or a WebP, of at most 4096 by 4096 pixels.");

    public static readonly Rejection ImageTooLarge = new("product_image_too_large", RejectionKind.Unprocessable, "An image has at most 512 kB.");

    public static readonly Rejection TooManyImages = new("product_images_too_many", RejectionKind.Conflict, "A product has at most 10 images.");
}
