using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Catalog;

/// <summary>Labels, and the products that stand under them.</summary>
public class ProductShelfTests
{
    private static readonly ProductLabelId Breads = ProductLabelId.From(Number(91)), Organic = ProductLabelId.From(Number(92)), Weight = ProductLabelId.From(Number(93));
    private static readonly ProductShelf Shelf = new([Breads], [Organic], [new(Weight, "500 g")], [Frequency.Weekly]);
    private static readonly ShelveProduct Shelve = new(Bread, Shelf);
    private static readonly SaveProduct Create = new(new CreateProduct(Bread, "Bread", null, null, "sku-1", null), Shelve);
    private static readonly SaveProduct Change = new(new ChangeProduct(Bread, "Brauð", null, null, null, null), Shelve);

    private static JointScenario Labels => JointScenario
        .Given(Breads.Stream, new ProductLabelCreated(Breads, ProductLabelKind.Category, "Breads", "breads"))
        .And(Organic.Stream, new ProductLabelCreated(Organic, ProductLabelKind.Tag, "Organic", "organic"))
        .And(Weight.Stream, new ProductLabelCreated(Weight, ProductLabelKind.Attribute, "Weight", "weight"));

    private static JointScenario Shop => Labels.And(Bread.Stream, BreadCreated);

    [Fact]
    public void A_product_stands_under_its_labels() => Shop.When(Shelve).Then(new ProductShelved(Bread, Shelf));

    [Fact]
    public void Saying_it_again_changes_nothing()
    {
        Shop.After(Shelve).When(new ShelveProduct(Bread, new([Breads], [Organic], [new(Weight, "500 g")], [Frequency.Weekly]))).ThenNothing();
        Shop.After(Shelve).And(Bread.Stream, new ProductArchived(Bread)).When(Shelve).ThenNothing();
    }

    [Fact]
    public void An_empty_shelf_takes_all_away() => Shop.After(Shelve).When(Shelve with { Shelf = ProductShelf.Empty }).Then(new ProductShelved(Bread, ProductShelf.Empty));

    [Fact]
    public void A_label_that_is_not_there_is_refused()
    {
        JointScenario.Given(Bread.Stream, BreadCreated).When(Shelve).ThenRejected(ProductLabelRejections.Unknown);
        Shop.And(Weight.Stream, new ProductLabelDeleted(Weight)).When(Shelve).ThenRejected(ProductLabelRejections.Unknown);
    }

    [Fact]
    public void One_of_another_kind_is_refused() =>
        Shop.When(Shelve with { Shelf = Shelf with { Categories = [Organic] } }).ThenRejected(ProductLabelRejections.Unknown);

    [Fact]
    public void An_archived_product_stays_where_it_is() => Shop.And(Bread.Stream, new ProductArchived(Bread)).When(Shelve).ThenRejected(ProductRejections.Archived);

    [Fact]
    public void A_product_that_is_not_there_is_refused() => Labels.When(Shelve).ThenRejected(ProductRejections.NotFound);

    [Fact]
    public void A_new_product_is_put_on_its_shelf_at_once() => Labels.When(Create)
        .Then(BreadCreated with { ExternalId = "sku-1" }, new ProductShelved(Bread, Shelf)).Claiming("product.external_id sku-1");

    [Fact]
    public void Creating_it_again_changes_nothing() => Labels.After(Create).When(Create).ThenNothing();

    [Fact]
    public void A_change_changes_what_is_known_and_where_it_stands() => Shop.When(Change).Then(new ProductChanged(Bread, "Brauð"), new ProductShelved(Bread, Shelf));

    [Fact]
    public void Where_one_of_the_two_is_refused_nothing_happens()
    {
        Labels.When(Change).ThenRejected(ProductRejections.NotFound);
        Shop.And(Weight.Stream, new ProductLabelDeleted(Weight)).When(Change).ThenRejected(ProductLabelRejections.Unknown);
    }
}

public class ProductImageTests
{
    private static readonly ProductImage Picture = new("f00d", "image/png", 12);
    private static readonly AddProductImage Add = new(Bread, Picture);
    private static readonly RemoveProductImage Remove = new(Bread, "f00d");

    private static JointScenario Shop => JointScenario.Given(Bread.Stream, BreadCreated);

    [Fact]
    public void An_image_is_shown_and_shown_no_more()
    {
        Shop.When(Add).Then(new ProductImageUploaded(Bread, "f00d", "image/png", 12));
        Shop.After(Add).When(Remove).Then(new ProductImageRemoved(Bread, "f00d"));
    }

    [Fact]
    public void Again_changes_nothing()
    {
        Shop.After(Add).When(Add).ThenNothing();
        Shop.After(Add).After(Remove).When(Remove).ThenNothing();
    }

    [Fact]
    public void A_product_has_at_most_ten()
    {
        var full = Shop.And(Bread.Stream, Enumerable.Range(0, AddProductImage.PerProductMax).Select(i => new ProductImageUploaded(Bread, $"{i}", "image/png", 12)));
        full.When(Add).ThenRejected(ProductRejections.TooManyImages);
        full.After(new RemoveProductImage(Bread, "0")).When(Add).ThenKinds(typeof(ProductImageUploaded));
    }

    [Fact]
    public void An_archived_product_keeps_what_it_has()
    {
        Shop.And(Bread.Stream, new ProductArchived(Bread)).When(Add).ThenRejected(ProductRejections.Archived);
        Shop.After(Add).And(Bread.Stream, new ProductArchived(Bread)).When(Remove).ThenRejected(ProductRejections.Archived);
    }

    [Fact]
    public void A_product_that_is_not_there_is_refused()
    {
        JointScenario.Given().When(Add).ThenRejected(ProductRejections.NotFound);
        JointScenario.Given().When(Remove).ThenRejected(ProductRejections.NotFound);
    }
}

public class ProductLabelTests
{
    private static readonly ProductLabelId Id = ProductLabelId.From(Number(91)), Other = ProductLabelId.From(Number(92));
    private static readonly ProductLabelCreated Made = new(Id, ProductLabelKind.Category, "Breads", "breads");
    private static readonly CreateProductLabel Create = new(Id, ProductLabelKind.Category, "Breads", "breads");
    private static readonly ChangeProductLabel Change = new(Id, ProductLabelKind.Category, "Bread", "bread");
    private static readonly DeleteProductLabel Delete = new(Id, ProductLabelKind.Category, IsInUse: false);

    private static JointScenario Before => JointScenario.Given().After(Create);

    [Fact]
    public void A_label_is_made() => JointScenario.Given().When(Create).Then(Made).Claiming("product_label.slug Category breads");

    [Fact]
    public void It_is_called_otherwise() => Before.When(Change).Then(new ProductLabelChanged(Id, "Bread", "bread"))
        .Claiming("product_label.slug Category bread").Releasing("product_label.slug Category breads");

    [Fact]
    public void Another_name_leaves_the_slug_alone() =>
        Before.When(Change with { Slug = "breads" }).Then(new ProductLabelChanged(Id, "Bread", "breads")).Claiming().Releasing();

    [Fact]
    public void It_is_done_away_with() => Before.When(Delete).Then(new ProductLabelDeleted(Id)).Releasing("product_label.slug Category breads");

    [Fact]
    public void Again_changes_nothing()
    {
        Before.When(Create).ThenNothing();
        Before.After(Change).When(Change).ThenNothing();
        Before.After(Delete).When(Delete).ThenNothing();
    }

    [Fact]
    public void One_of_a_kind_has_a_slug()
    {
        Before.When(Create with { Id = Other }).ThenRejected(ProductLabelRejections.SlugTaken);
        Before.When(Create with { Id = Other, Kind = ProductLabelKind.Tag }).ThenKinds(typeof(ProductLabelCreated));
        Before.After(Delete).When(Create with { Id = Other }).ThenKinds(typeof(ProductLabelCreated));
    }

    [Fact]
    public void What_a_product_has_is_not_deleted() => Before.When(Delete with { IsInUse = true }).ThenRejected(ProductLabelRejections.InUse);

    [Fact]
    public void One_of_another_kind_is_not_there()
    {
        Before.When(Change with { Kind = ProductLabelKind.Tag }).ThenRejected(ProductLabelRejections.NotFound);
        Before.When(Delete with { Kind = ProductLabelKind.Tag }).ThenRejected(ProductLabelRejections.NotFound);
        JointScenario.Given().When(Change).ThenRejected(ProductLabelRejections.NotFound);
        JointScenario.Given().When(Delete).ThenRejected(ProductLabelRejections.NotFound);
    }
}
