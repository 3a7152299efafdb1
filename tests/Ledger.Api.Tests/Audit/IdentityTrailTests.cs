using System.Text.Json.Nodes;
using Ledger.Domain.People;

namespace Ledger.Api.Tests.Audit;

/// <summary>Who got in, who tried, and who was locked out: with whose account, from where, and how it ended.</summary>
[Collection("app")]
public class IdentityTrailTests(SharedApp shared)
{
    [Fact]
    public async Task Logins_wrong_ones_and_locks_are_told()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var user = (await tenant.Admin.Get("/users")).Json["data"]![0]!;
        var (id, email) = (user["id"]!.GetValue<string>(), user["email"]!.GetValue<string>());
        for (var n = 0; n < 6; n++)
        {
            using var guesser = shared.App.Browse(tenant);
            _ = await guesser.LogIn(new { grant = "password", email, password = "not the right one" });
        }

        using (var stranger = shared.App.Browse(tenant)) _ = await stranger.LogIn(new { grant = "password", email = "nobody@example.org", password = "not the right one" });
        _ = (await anna.Send(HttpMethod.Delete, "/auth/sessions/current", null)).Is(204);

        var logins = await shared.Trail(tenant, "action=login");
        logins.Select(one => (one.Text("status"), one.Text("code"), one.Text("resource_id"))).ShouldBe(
        [
            ("failure", "wrong_credentials", null), ("failure", "account_locked", id), .. Enumerable.Repeat(("failure", "wrong_credentials", (string?)id), 5),
            ("success", null, id),
        ]);
        logins.ShouldAllBe(one => one.Text("ip_address")!.StartsWith("127.") && one.Text("action") == "login" && one.Text("at") != null);
        (logins[^1].Text("actor_kind"), logins[^1].Text("actor_id")).ShouldBe(("user", id));
        logins[1].Text("actor_id").ShouldBeNull("Who guesses is not who it is about.");
        var locked = (await shared.Trail(tenant, "action=account_locked")).ShouldHaveSingleItem();
        (locked.Text("resource_type"), locked.Text("resource_id"), locked.Text("http_status")).ShouldBe(("user", id, "423"));
        (await shared.Trail(tenant, "action=logout")).ShouldHaveSingleItem().Text("actor_id").ShouldBe(id);
        (await shared.Trail(tenant, $"resource_id={id}&status=failure")).Count.ShouldBe(7);
        (await shared.Trail(tenant, "action=attempt")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Codes_resets_and_changes_of_addresses_are_told()
    {
        var tenant = await shared.App.NewTenant();
        var email = $"{Guid.NewGuid():N}@example.org";
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201).Id;
        using var browser = shared.App.Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        _ = (await browser.LogIn(new { grant = "login_code", email, code = "0000" })).Refuses(401, "invalid_code");
        _ = (await browser.LogIn(new { grant = "login_code", email, code = "1337" })).Is(201);
        _ = (await browser.Post("/auth/password-resets", new { email })).Is(202);
        _ = (await browser.Post("/auth/password-reset-confirmations", new { token = "made up", password = "another good password" })).Refuses(401, "wrong_credentials");
        _ = (await browser.Send(HttpMethod.Patch, "/customers/me", new { email = $"{Guid.NewGuid():N}@example.org" })).Is(200);
        _ = (await browser.Post("/auth/address-confirmations", new { code = "0000" })).Refuses(401, "invalid_code");
        _ = (await browser.Post("/auth/address-confirmations", new { code = "1337" })).Is(204);

        (await Told("login")).ShouldBe([("success", null, id), ("failure", "invalid_code", id)]);
        (await Told("password_reset_request")).ShouldBe([("success", null, id)]);
        (await Told("password_change")).ShouldBe([("failure", "wrong_credentials", null)]);
        (await Told("address_change")).ShouldBe([("success", null, id), ("failure", "invalid_code", id)]);
        (await shared.Trail(tenant)).ShouldAllBe(one => !one.ToJsonString().Contains(email, StringComparison.Ordinal));

        async Task<List<(string?, string?, string?)>> Told(string action) =>
            [.. (await shared.Trail(tenant, $"action={action}")).Select((JsonNode one) => (one.Text("status"), one.Text("code"), one.Text("resource_id")))];
    }
}
