namespace Ledger.Scenarios.Classes;

[Collection("app")]
public class PackageTests(SharedApp shared)
{
    /// <summary>D1.</summary>
    [Fact]
    public async Task A_package_is_bought_and_its_classes_are_the_customers()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var packages = (await studio.Admin.Get("/class-packages")).Is(200).Json["data"]!.AsArray();
        packages.Select(one => (one!.Number("class_count"), one!.Pence("price"), one!.Pence("price_per_class"), one!.Number("validity_days")))
            .ShouldBe([(10, 17500, 1750, 365), (5, 10000, 2000, 365)]);

        var bought = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Json;
        (bought.Number("total_classes"), bought.Number("remaining_classes")).ShouldBe((5, 5));
        bought.Text("expires_at").ShouldBe("2027-02-06T00:00:00Z");
        bought["is_valid"]!.GetValue<bool>().ShouldBeTrue();

        var payment = (await studio.Admin.Get($"/payments/{bought.Text("transaction_id")}")).Is(200).Json;
        (payment.Text("status"), payment.Text("provider"), payment.Text("payment_reference"), payment.Pence("amount"), payment.Text("class_credit_id"))
            .ShouldBe(("captured", "external", "pi_A", 10000, bought.Text("id")));
    }

    [Fact]
    public async Task A_payment_that_is_told_of_again_buys_nothing_again()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var first = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201);
        (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Text.ShouldBe(first.Text);
        _ = (await studio.Buy(client, studio.Ten, 17500, "pi_A")).Refuses(409, "payment_id_reused");
        _ = (await studio.Buy(await studio.Client(), studio.Five, 10000, "pi_A")).Refuses(409, "payment_id_reused");
        var booking = (await studio.Book(client, await studio.Class())).Is(201).Id;
        _ = (await studio.Pay(booking, "pi_A", 2500)).Refuses(409, "payment_id_reused");

        (await studio.Admin.Get($"/payments?customer_id={client}&include=total")).Json["page"]!.Number("total").ShouldBe(1);
        var list = (await studio.Admin.Get($"/class-credits?customer_id={client}")).Is(200).Json;
        (list["data"]!.AsArray().Count, list.Number("total_credits"), list.Text("next_to_use")).ShouldBe((1, 5, first.Id));

        var other = await Studio.Open(shared.App);   // Another tenant's payments have names of their own.
        _ = (await other.Buy(await other.Client(), other.Five, 10000, "pi_A")).Is(201);
    }

    /// <summary>D3.</summary>
    [Fact]
    public async Task A_wrong_amount_buys_nothing()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var refused = (await studio.Buy(client, studio.Ten, 10000, "pi_A")).Refuses(422, "amount_mismatch");
        refused.Json.Text("detail").ShouldContain("17500");
        (await studio.Admin.Get($"/class-credits?customer_id={client}")).Json["data"]!.AsArray().ShouldBeEmpty();
        (await studio.Admin.Get($"/payments?customer_id={client}")).Json["data"]!.AsArray().ShouldBeEmpty();
        _ = (await studio.Buy(client, studio.Ten, 17500, "pi_A")).Is(201);   // A refusal leaves the name free.
    }

    [Fact]
    public async Task What_is_not_sold_is_shown_to_staff_alone_and_not_bought()
    {
        var studio = await Studio.Open(shared.App);
        _ = (await studio.Admin.Patch($"/class-packages/{studio.Ten}", new { active = false })).Is(200);
        using var visitor = shared.App.Browse(studio.Tenant);
        (await studio.Admin.Get("/class-packages")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(2);
        for (var i = 0; i < 200 && (await visitor.Get("/class-packages")).Is(200).Json["data"]!.AsArray().Count > 1; i++) await Task.Delay(25);
        (await visitor.Get("/class-packages")).Is(200).Json["data"]!.AsArray().Single()!.Text("name").ShouldBe("5 Class Pass");
        _ = (await shared.App.Anonymous.Get("/class-packages")).Refuses(404, "tenant_not_found");
        _ = (await studio.Buy(await studio.Client(), studio.Ten, 17500, "pi_A")).Refuses(409, "class_package_inactive");
    }

    [Fact]
    public async Task A_new_price_is_for_those_who_buy_from_then_on()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var credit = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201);
        var changed = (await studio.Admin.Patch($"/class-packages/{studio.Five}", new { class_count = 6, price = new { amount = 11000, currency = "GBP" } })).Is(200).Json;
        changed.Pence("price_per_class").ShouldBe(1833);
        (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Id.ShouldBe(credit.Id);
        _ = (await studio.Buy(client, studio.Five, 10000, "pi_B")).Refuses(422, "amount_mismatch");
        (await studio.Buy(client, studio.Five, 11000, "pi_B")).Is(201).Json.Number("total_classes").ShouldBe(6);
    }
}
