using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Catalog.ProductVariation, Ledger.Domain.Catalog.ProductVariationEvent>;

namespace Ledger.Domain.Tests.Catalog;

public class CreateProductVariationTests
{
    private static readonly CreateProductVariation Wish =
        new(Rye, Bread, "Rye bread", [Isk(7500), Usd(60)], Rate("0.24"), Hidden: false, "sku-1-rye", null);

    [Fact]
    public void A_product_is_sold_in_one_more_way() => JointScenario.Given(Bread.Stream, BreadCreated)
        .When(Wish).Then(RyeCreated with { ExternalId = "sku-1-rye" }).Claiming("product_variation.external_id sku-1-rye");

    [Fact]
    public void It_needs_no_external_id() => JointScenario.Given(Bread.Stream, BreadCreated)
        .When(Wish with { ExternalId = null }).Then(RyeCreated).Claiming();

    [Fact]
    public void Again_changes_nothing() => JointScenario.Given(Rye.Stream, RyeCreated).When(Wish with { Prices = [] }).ThenNothing();

    [Fact]
    public void A_product_that_is_not_there_is_refused() => JointScenario.Given().When(Wish).ThenRejected(ProductRejections.NotFound);

    [Fact]
    public void An_archived_product_is_refused() => JointScenario.Given(Bread.Stream, BreadCreated, new ProductArchived(Bread))
        .When(Wish).ThenRejected(ProductRejections.Archived);

    [Fact]
    public void Without_a_price_it_is_refused() => JointScenario.Given(Bread.Stream, BreadCreated)
        .When(Wish with { Prices = [] }).ThenRejected(ProductVariationRejections.PricesRequired);

    [Fact]
    public void Two_prices_in_one_currency_are_refused() => JointScenario.Given(Bread.Stream, BreadCreated)
        .When(Wish with { Prices = [Isk(7500), Isk(7000)] }).ThenRejected(ProductVariationRejections.PriceRepeated);

    [Fact]
    public void An_external_id_that_another_has_is_refused() => JointScenario.Given(Bread.Stream, BreadCreated).After(Wish)
        .When(Wish with { Id = ProductVariationId.From(Number(61)) }).ThenRejected(ProductVariationRejections.ExternalIdTaken);
}

public class ChangeProductVariationTests
{
    private static readonly ProductVariationCreated Before = RyeCreated with { ExternalId = "sku-1-rye" };
    private static readonly ChangeProductVariation Same = new(Rye, "Rye bread", Rate("0.24"), Hidden: false, "sku-1-rye", null);

    [Fact]
    public void All_that_is_known_is_said_anew() => Given(Before).When(Same with { Name = "Rúgbrauð", TaxRate = Rate("0.11"), Hidden = true })
        .Then(new ProductVariationChanged(Rye, "Rúgbrauð", Rate("0.11"), Hidden: true, "sku-1-rye")).Claiming().Releasing();

    [Fact]
    public void Its_type_changes_as_well() => Given(Before).When(Same with { Type = "loaf" })
        .Then(new ProductVariationChanged(Rye, "Rye bread", Rate("0.24"), ExternalId: "sku-1-rye", Type: "loaf"));

    [Fact]
    public void Its_prices_stay() => Given(Before).When(Same with { Name = "Rúgbrauð" })
        .Then(new ProductVariationChanged(Rye, "Rúgbrauð", Rate("0.24"), ExternalId: "sku-1-rye"))
        .State.ShouldBeOfType<ProductVariation.Known>().PriceIn(Krona).ShouldBe(Isk(7500));

    [Fact]
    public void Without_the_external_id_it_is_free_again() => Given(Before).When(Same with { ExternalId = null })
        .Then(new ProductVariationChanged(Rye, "Rye bread", Rate("0.24"))).Claiming().Releasing("product_variation.external_id sku-1-rye");

    [Fact]
    public void What_is_known_already_changes_nothing()
    {
        Given(Before).When(Same).ThenNothing();
        Given(Before, new ProductVariationArchived(Rye)).When(Same).ThenNothing();
    }

    [Fact]
    public void An_archived_variation_is_not_changed() => Given(Before, new ProductVariationArchived(Rye))
        .When(Same with { Hidden = true }).ThenRejected(ProductVariationRejections.Archived);

    [Fact]
    public void A_variation_that_is_not_there_is_refused() => Given().When(Same).ThenRejected(ProductVariationRejections.NotFound);
}

public class ChangeProductPricesTests
{
    [Fact]
    public void It_costs_this_from_now_on() => Given(RyeCreated).When(new ChangeProductPrices(Rye, [Isk(8000)]))
        .Then(new ProductPriceChanged(Rye, [Isk(8000)]))
        .State.ShouldBeOfType<ProductVariation.Known>().PriceIn(Currency.Parse("USD")).ShouldBeNull();

    [Fact]
    public void The_same_prices_in_any_order_change_nothing()
    {
        Given(RyeCreated).When(new ChangeProductPrices(Rye, [Usd(60), Isk(7500)])).ThenNothing();
        Given(RyeCreated, new ProductVariationArchived(Rye)).When(new ChangeProductPrices(Rye, [Usd(60), Isk(7500)])).ThenNothing();
    }

    [Fact]
    public void Without_a_price_it_is_refused() =>
        Given(RyeCreated).When(new ChangeProductPrices(Rye, [])).ThenRejected(ProductVariationRejections.PricesRequired);

    [Fact]
    public void Two_prices_in_one_currency_are_refused() => Given(RyeCreated)
        .When(new ChangeProductPrices(Rye, [Isk(1), Isk(1)])).ThenRejected(ProductVariationRejections.PriceRepeated);

    [Fact]
    public void An_archived_variation_keeps_its_prices() => Given(RyeCreated, new ProductVariationArchived(Rye))
        .When(new ChangeProductPrices(Rye, [Isk(8000)])).ThenRejected(ProductVariationRejections.Archived);

    [Fact]
    public void A_variation_that_is_not_there_is_refused() =>
        Given().When(new ChangeProductPrices(Rye, [Isk(1)])).ThenRejected(ProductVariationRejections.NotFound);
}

public class UpdateProductVariationTests
{
    private static readonly UpdateProductVariation Same =
        new(new(Rye, "Rye bread", Rate("0.24"), Hidden: false, null, null), new(Rye, [Isk(7500), Usd(60)]));

    [Fact]
    public void Both_change_in_one() => Given(RyeCreated)
        .When(new UpdateProductVariation(Same.Variation with { ExternalId = "sku-2" }, new(Rye, [Isk(8000)])))
        .Then(new ProductVariationChanged(Rye, "Rye bread", Rate("0.24"), ExternalId: "sku-2"), new ProductPriceChanged(Rye, [Isk(8000)]))
        .Claiming("product_variation.external_id sku-2").Releasing();

    [Fact]
    public void What_is_so_already_changes_nothing() => Given(RyeCreated).When(Same).ThenNothing();

    [Fact]
    public void Where_one_is_refused_neither_happens()
    {
        Given(RyeCreated).When(new UpdateProductVariation(Same.Variation with { Name = "Rúgbrauð" }, new(Rye, [])))
            .ThenRejected(ProductVariationRejections.PricesRequired);
        Given().When(Same).ThenRejected(ProductVariationRejections.NotFound);
        Given(RyeCreated, new ProductVariationArchived(Rye)).When(Same with { Prices = new(Rye, [Isk(1)]) })
            .ThenRejected(ProductVariationRejections.Archived);
    }
}

public class ArchiveProductVariationTests
{
    [Fact]
    public void It_is_sold_no_more() => Given(RyeCreated).When(new ArchiveProductVariation(Rye)).Then(new ProductVariationArchived(Rye));

    [Fact]
    public void Again_changes_nothing() =>
        Given(RyeCreated, new ProductVariationArchived(Rye)).When(new ArchiveProductVariation(Rye)).ThenNothing();

    [Fact]
    public void A_variation_that_is_not_there_is_refused() =>
        Given().When(new ArchiveProductVariation(Rye)).ThenRejected(ProductVariationRejections.NotFound);
}
