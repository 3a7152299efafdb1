namespace Ledger.Api.Tests;

/// <summary>Every command may come twice.</summary>
[Collection("app")]
public class RepeatTests(SharedApp shared)
{
    [Fact]
    public async Task The_same_key_and_body_give_the_first_answer()
    {
        var tenant = await shared.App.NewTenant();
        var first = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email = "anna@example.com" }, "one")).Is(201);
        var second = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email = "anna@example.com" }, "one")).Is(201);
        second.Text.ShouldBe(first.Text);
        second.Headers["Idempotent-Replayed"].ShouldBe("true");
        second.Headers["Location"].ShouldBe(first.Headers["Location"]);
        second.Headers["ETag"].ShouldBe(first.Headers["ETag"]);
        (await tenant.Admin.Get("/customers?include=total")).Json["page"]!["total"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna" }, "one")).Is(201);
        (await tenant.Admin.Post("/customers", new { full_name = "Berta" }, "one")).Refuses(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_refusal_is_given_again()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna", external_id = "1" }, "one")).Is(201);
        var first = (await tenant.Admin.Post("/customers", new { full_name = "Berta", external_id = "1" }, "two")).Refuses(409, "customer_external_id_taken");
        var second = (await tenant.Admin.Post("/customers", new { full_name = "Berta", external_id = "1" }, "two")).Refuses(409, "customer_external_id_taken");
        second.Text.ShouldBe(first.Text);
        second.Headers.ContainsKey("Idempotent-Replayed").ShouldBeTrue();
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_make_one()
    {
        var tenant = await shared.App.NewTenant();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tenant.Admin.Post("/customers", new { external_id = "only" }, "one")));
        answers.Select(one => one.Is(201).Id).Distinct().Count().ShouldBe(1);
        (await tenant.Admin.Get("/customers?include=total")).Json["page"]!["total"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_etag_is_refused_and_a_fresh_one_taken()
    {
        var tenant = await shared.App.NewTenant();
        var made = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201);
        var path = $"/customers/{made.Id}";
        var changed = (await tenant.Admin.Patch(path, new { city = "Reykjavík" }, made.Headers["ETag"])).Is(200);
        (await tenant.Admin.Patch(path, new { city = "Akureyri" }, made.Headers["ETag"])).Refuses(412, "version_stale");
        _ = (await tenant.Admin.Patch(path, new { city = "Akureyri" }, changed.Headers["ETag"])).Is(200);
        var now = (await tenant.Admin.Get(path)).Is(200).Json;
        now["city"]!.GetValue<string>().ShouldBe("Akureyri");
        now["full_name"]!.GetValue<string>().ShouldBe("Anna");
    }
}
