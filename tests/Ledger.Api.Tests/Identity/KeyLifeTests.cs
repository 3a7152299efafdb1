using System.Globalization;
using Ledger.Domain.People;

namespace Ledger.Api.Tests.Identity;

/// <summary>How long an API key lives: no longer than whoever gave it out, and no longer than it was given for.</summary>
public class KeyLifeTests(MovedApp moved) : IClassFixture<MovedApp>
{
    private readonly LedgerApp app = moved.App;

    [Fact]
    public async Task Keys_end_with_whoever_gave_them_out_and_so_do_keys_that_those_have_given()
    {
        var tenant = await app.NewTenant();
        using var anna = await app.NewUser(tenant, UserRole.Admin);
        var id = (await anna.Get("/auth/sessions/current")).Json["user_id"]!.GetValue<string>();
        var made = (await anna.Post("/api-keys", new { name = "of Anna", role = "admin" })).Is(201).Json;
        var first = app.With(made["api_key"]!.GetValue<string>());
        var second = app.With((await first.Post("/api-keys", new { name = "of the key" })).Is(201).Json["api_key"]!.GetValue<string>());
        var third = app.With((await first.Post($"/api-keys/{made["id"]}/rotate", new { })).Is(201).Json["api_key"]!.GetValue<string>());
        var other = app.With(await tenant.NewKey(new { name = "of another" }));
        foreach (var key in new[] { first, second, third, other }) _ = (await key.Get("/customers")).Is(200);

        _ = (await tenant.Admin.Delete($"/users/{id}")).Is(204);
        moved.Time.Move(TimeSpan.FromSeconds(3));   // As long as a key may be kept.
        foreach (var key in new[] { first, second, third }) _ = (await key.Get("/customers")).Refuses(401, "unauthorized");
        _ = (await other.Get("/customers")).Is(200);
        var names = (await tenant.Admin.Get("/api-keys")).Is(200).Json["data"]!.AsArray()
            .Where(one => one!["is_revoked"]!.GetValue<bool>()).Select(one => one!["name"]!.GetValue<string>());
        names.ShouldBe(["of Anna", "of the key", "of Anna"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_in_place_of_one_that_ends_ends_when_that_would_have()
    {
        var tenant = await app.NewTenant();
        var end = moved.Time.GetUtcNow().AddHours(2).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var made = (await tenant.Admin.Post("/api-keys", new { name = "for an hour", expires_at = end })).Is(201).Json;
        var next = (await tenant.Admin.Post($"/api-keys/{made["id"]}/rotate", new { overlap_seconds = 60 })).Is(201).Json;
        next["expires_at"]!.GetValue<string>().ShouldBe(end);
        var last = (await tenant.Admin.Post($"/api-keys/{next["id"]}/rotate", new { overlap_seconds = 60 })).Is(201).Json;
        last["expires_at"]!.GetValue<string>().ShouldBe(end);
        var key = app.With(last["api_key"]!.GetValue<string>());
        moved.Time.Move(TimeSpan.FromMinutes(119));
        _ = (await key.Get("/customers")).Is(200);
        moved.Time.Move(TimeSpan.FromMinutes(1));
        _ = (await key.Get("/customers")).Refuses(401, "unauthorized");
    }
}
