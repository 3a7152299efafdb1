using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Catalog.Product, Ledger.Domain.Catalog.ProductEvent>;

namespace Ledger.Domain.Tests.Catalog;

public class CreateProductTests
{
    private static readonly CreateProduct Wish = new(Bread, "Bread", null, null, "sku-1", null);

    [Fact]
    public void A_product_is_taken_into_the_catalog() =>
        Given().When(Wish).Then(BreadCreated with { ExternalId = "sku-1" }).Claiming("product.external_id sku-1");

    [Fact]
    public void It_needs_no_external_id() => Given().When(Wish with { ExternalId = null }).Then(BreadCreated).Claiming();

    [Fact]
    public void Again_changes_nothing() => Given(BreadCreated).When(Wish).ThenNothing();

    [Fact]
    public void An_external_id_that_another_has_is_refused() => JointScenario.Given().After(Wish)
        .When(Wish with { Id = ProductId.From(Number(60)) }).ThenRejected(ProductRejections.ExternalIdTaken);
}

public class ChangeProductTests
{
    private static readonly ProductCreated Before = BreadCreated with { ExternalId = "sku-1" };
    private static readonly ChangeProduct Same = new(Bread, "Bread", null, null, "sku-1", null);

    [Fact]
    public void All_that_is_known_is_said_anew() => Given(Before)
        .When(Same with { Name = "Brauð", UrlName = "braud", ShortDescription = "Fresh" })
        .Then(new ProductChanged(Bread, "Brauð", "braud", "Fresh", "sku-1")).Claiming().Releasing();

    [Fact]
    public void A_new_external_id_takes_the_place_of_the_old() => Given(Before).When(Same with { ExternalId = "sku-2" })
        .Then(new ProductChanged(Bread, "Bread", ExternalId: "sku-2"))
        .Claiming("product.external_id sku-2").Releasing("product.external_id sku-1");

    [Fact]
    public void What_is_known_already_changes_nothing()
    {
        Given(Before).When(Same).ThenNothing();
        Given(Before, new ProductArchived(Bread)).When(Same).ThenNothing();
    }

    [Fact]
    public void An_archived_product_is_not_changed() => Given(Before, new ProductArchived(Bread))
        .When(Same with { Name = "Brauð" }).ThenRejected(ProductRejections.Archived);

    [Fact]
    public void A_product_that_is_not_there_is_refused() => Given().When(Same).ThenRejected(ProductRejections.NotFound);
}

public class ArchiveProductTests
{
    [Fact]
    public void It_is_sold_no_more() =>
        Given(BreadCreated).When(new ArchiveProduct(Bread, IsInUse: false)).Then(new ProductArchived(Bread)).Releasing();

    [Fact]
    public void While_an_active_subscription_has_it_that_is_refused() =>
        Given(BreadCreated).When(new ArchiveProduct(Bread, IsInUse: true)).ThenRejected(ProductRejections.InUse);

    [Fact]
    public void Again_changes_nothing() =>
        Given(BreadCreated, new ProductArchived(Bread)).When(new ArchiveProduct(Bread, IsInUse: true)).ThenNothing();

    [Fact]
    public void A_product_that_is_not_there_is_refused() =>
        Given().When(new ArchiveProduct(Bread, IsInUse: false)).ThenRejected(ProductRejections.NotFound);
}
