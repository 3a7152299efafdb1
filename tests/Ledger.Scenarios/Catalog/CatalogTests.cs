using System.Text;

namespace Ledger.Scenarios.Catalog;

[Collection("app")]
public class CatalogTests(SharedApp shared)
{
    [Fact]
    public async Task A_product_is_found_by_where_it_stands()
    {
        var shop = await Shop.Open(shared.App);
        var (category, tag) = (await Label("product-categories", "breads"), await Label("product-tags", "organic"));
        var weight = await Label("product-attributes", "weight");
        var made = (await shop.Admin.Post("/products", new
        {
            name = "Rye", url_name = "rye", categories = new[] { category }, tags = new[] { tag },
            attributes = new[] { new { attribute_id = weight, value = "500 g" } }, subscription_frequencies = new[] { "weekly" },
        })).Is(201);

        foreach (var query in new[] { $"category_id={category}", $"tag_id={tag}", "url_name=rye" })
            (await shop.Admin.Get($"/products?{query}")).Is(200).Json["data"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ShouldBe([made.Id], query);
        (await shop.Admin.Get($"/products/{made.Id}")).Is(200).Json.ToJsonString().ShouldBe((await shop.Admin.Get("/products?url_name=rye")).Json["data"]![0]!.ToJsonString());
        (await shop.Admin.Post("/product-categories", new { name = "x", slug = "breads" })).Refuses(409, "product_label_slug_taken");
        (await shop.Admin.Delete($"/product-categories/{category}")).Refuses(409, "product_label_in_use");
        (await shop.Admin.Delete($"/product-attributes/{weight}")).Refuses(409, "product_label_in_use");
        (await shop.Admin.Delete($"/product-tags/{category}")).Refuses(404, "product_label_not_found");
        (await shop.Admin.Patch($"/products/{made.Id}", new { categories = new[] { tag } })).Refuses(422, "product_label_unknown");

        var changed = (await shop.Admin.Patch($"/products/{made.Id}", new { categories = Array.Empty<string>() })).Is(200).Json;
        changed["tags"]!.AsArray().Count.ShouldBe(1);
        _ = (await shop.Admin.Delete($"/product-categories/{category}")).Is(204);
        (await shop.Admin.Get("/product-categories")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        (await shop.Admin.Patch($"/product-tags/{tag}", new { name = "Lífrænt" })).Is(200).Json["slug"]!.GetValue<string>().ShouldBe("organic");

        async Task<string> Label(string path, string slug) => (await shop.Admin.Post($"/{path}", new { name = slug, slug })).Is(201).Id;
    }

    [Fact]
    public async Task Anybody_sees_what_is_sold_and_shown_and_nothing_of_the_tenants_own()
    {
        var shop = await Shop.Open(shared.App);
        var product = (await shop.Admin.Post("/products", new { name = "Rye", url_name = "rye", external_id = "sku-1", metadata = new { margin = "high" } })).Is(201).Id;
        var shown = await Variation("loaf", hidden: false);
        var hidden = await Variation("half", hidden: true);
        (await shop.Admin.Get("/product-variations?product_name=rye&type=half&hidden=true")).Is(200).Json["data"]![0]!["id"]!.GetValue<string>().ShouldBe(hidden);
        (await shop.Admin.Get("/product-variations?product_name=rye&hidden=false")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(1);

        using var visitor = shared.App.Browse(shop.Tenant);
        (await visitor.Get("/product-variations?product_name=rye")).Is(200).Json["data"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ShouldBe([shown]);
        (await visitor.Get("/product-variations?hidden=true")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        _ = (await visitor.Get($"/product-variations/{hidden}")).Refuses(404, "product_variation_not_found");
        var seen = (await visitor.Get($"/products/{product}")).Is(200).Json;
        (seen["external_id"], seen["metadata"]).ShouldBe((null, null));
        (await visitor.Post("/products", new { name = "Mine" })).Refuses(401, "unauthorized");

        _ = (await shop.Admin.Delete($"/products/{product}")).Is(204);
        _ = (await shop.Admin.Get("/products")).Is(200);
        (await visitor.Get($"/products/{product}")).Refuses(404, "product_not_found");
        (await visitor.Get("/product-variations?product_name=rye")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        (await shared.App.Anonymous.Get("/products")).Refuses(404, "tenant_not_found");
        using var elsewhere = shared.App.Browse(await shared.App.NewTenant());
        (await elsewhere.Get("/products")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();

        async Task<string> Variation(string type, bool hidden) => (await shop.Admin.Post("/product-variations", new
        {
            product_id = product, name = type, type, hidden, external_id = type, price = new { amount = 100, currency = "ISK" },
        })).Is(201).Id;
    }

    [Fact]
    public async Task Images_are_pictures_and_anybody_may_see_them()
    {
        var shop = await Shop.Open(shared.App);
        var product = (await shop.Admin.Post("/products", new { name = "Rye" })).Is(201).Id;
        byte[] file = [0x89, .. "PNG\r\n"u8, 0x1a, 0x0a, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0, .. new byte[4], 0, 0, 0, 0, .. "IEND"u8, 0xae, 0x42, 0x60, 0x82];
        var image = (await shop.Admin.Upload($"/products/{product}/images", file, "text/html", "../x.svg")).Is(200).Json["images"]![0]!;
        (await shop.Admin.Upload($"/products/{product}/images", file)).Is(200).Json["images"]!.AsArray().Count.ShouldBe(1);
        image["content_type"]!.GetValue<string>().ShouldBe("image/png");

        using var http = new HttpClient { BaseAddress = shared.App.Address };
        using var answer = await http.GetAsync(new Uri(image["url"]!.GetValue<string>(), UriKind.Relative));
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");

        (await shop.Admin.Upload($"/products/{product}/images", Encoding.UTF8.GetBytes("<svg onload='alert(1)'/>"))).Refuses(422, "product_image_not_an_image");
        (await shop.Admin.Upload($"/products/{Guid.NewGuid()}/images", file)).Refuses(404, "product_not_found");
        (await shop.Tenant.Staff.Upload($"/products/{product}/images", file)).Refuses(403, "forbidden");
        _ = (await shop.Admin.Delete($"/products/{product}/images/{image["hash"]}")).Is(204);
        (await shop.Admin.Get($"/products/{product}")).Is(200).Json["images"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_price_is_for_invoices_to_come()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());
        var november = (await shop.Settled(subscription))["invoice_id"]!.GetValue<string>();
        var before = (await shop.Admin.Get($"/invoices/{november}")).Is(200).Text;
        _ = (await shop.Admin.Patch($"/product-variations/{shop.Variation}", new { price = new { amount = 9000, currency = "ISK" }, tax_rate = "0.11" })).Is(200);

        _ = await shop.Run("2025-12-01");
        (await shop.Admin.Get($"/invoices/{november}")).Is(200).Text.ShouldBe(before);
        (await shop.Payments(subscription))[0]["amount"]!["amount"]!.GetValue<long>().ShouldBe(18000);
    }
}
