using Ledger.Domain.People;

namespace Ledger.Api.Tests.Tenancy;

/// <summary>Host names and limits of a tenant's own.</summary>
[Collection("app")]
public class TenantSettingsTests(SharedApp shared)
{
    [Fact]
    public async Task A_tenant_is_found_by_its_host_name()
    {
        var tenant = await shared.App.NewTenant();
        var name = $"bills.{Guid.NewGuid():N}.example";
        (await tenant.Admin.Patch("/tenants/current/settings", new { host_names = new[] { name } })).Is(200).Json["host_names"]!.ToJsonString().ShouldBe($"[\"{name}\"]");

        using var anybody = shared.App.Browse(null);
        foreach (var host in new[] { name, name.ToUpperInvariant(), $"{name}." })
        {
            anybody.Host = host;
            (await anybody.Get("/tenants/current/branding")).Is(200).Json["tenant_id"]!.GetValue<string>().ShouldBe(tenant.Name, host);
        }

        foreach (var host in new[] { $"x.{name}", "localhost", $"{Guid.NewGuid()}.localhost" })
        {
            anybody.Host = host;
            _ = (await anybody.Get("/tenants/current/branding")).Refuses(404, "tenant_not_found");
        }
    }

    [Fact]
    public async Task People_log_in_at_the_host_name()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var name = $"bills.{Guid.NewGuid():N}.example";
        _ = (await tenant.Admin.Patch("/tenants/current/settings", new { host_names = new[] { name } })).Is(200);
        using var there = shared.App.Browse(null);
        var email = $"{Guid.NewGuid():N}@example.is";
        _ = (await tenant.Admin.Post("/users", new { email, name = "B", password = LedgerApp.Password, role = "staff" })).Is(201);
        _ = (await there.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Refuses(401, "wrong_credentials");
        there.Host = name;
        (await there.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201).Text.ShouldContain(tenant.Name);
    }

    [Fact]
    public async Task A_name_is_one_tenants_until_it_gives_it_up()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        var name = $"{Guid.NewGuid():N}.example";
        _ = (await mine.Admin.Patch("/tenants/current/settings", new { host_names = new[] { name } })).Is(200);
        _ = (await theirs.Admin.Patch("/tenants/current/settings", new { name = "Thief", host_names = new[] { name } })).Refuses(409, "tenant_host_name_taken");
        (await theirs.Admin.Get("/tenants/current")).Is(200).Json["name"]!.GetValue<string>().ShouldBe("Test");
        _ = (await mine.Admin.Patch("/tenants/current/settings", new { host_names = new[] { name } })).Is(200);
        _ = (await mine.Admin.Patch("/tenants/current/settings", new { host_names = Array.Empty<string>() })).Is(200);
        _ = (await theirs.Admin.Patch("/tenants/current/settings", new { host_names = new[] { name } })).Is(200);
    }

    [Fact]
    public async Task The_platforms_own_name_cannot_be_taken()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Patch("/tenants/current/settings", new { host_names = new[] { LedgerApp.PlatformHost } })).Refuses(409, "tenant_host_name_taken");
        (await tenant.Admin.Get("/tenants/current")).Is(200).Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Of_many_who_take_one_name_at_once_one_gets_it()
    {
        var name = $"{Guid.NewGuid():N}.example";
        var tenants = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shared.App.NewTenant()));
        var answers = await Task.WhenAll(tenants.Select(one => one.Admin.Patch("/tenants/current/settings", new { host_names = new[] { name } })));
        answers.Count(one => one.Status == 200).ShouldBe(1);
        answers.Where(one => one.Status != 200).ShouldAllBe(one => one.Code == "tenant_host_name_taken");
    }

    [Theory]
    [InlineData("""{"host_names":["localhost"]}"""), InlineData("""{"host_names":["A.is"]}"""), InlineData("""{"host_names":[null]}"""), InlineData("""{"host_names":["10.0.0.1"]}""")]
    [InlineData("""{"host_names":["a.is","b.is","c.is","d.is","e.is","f.is","g.is","h.is","i.is","j.is","k.is"]}""")]
    [InlineData("""{"rate_limit_per_minute":999}"""), InlineData("""{"rate_limit_per_minute":10000001}"""), InlineData("""{"rate_limit_per_minute":-1}""")]
    public async Task What_is_wrong_is_refused_and_changes_nothing(string body)
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Patch("/tenants/current/settings", body)).Refuses(400, "validation_failed");
        (await tenant.Admin.Get("/tenants/current")).Is(200).Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Keys_have_the_tenants_own_limit()
    {
        var tenant = await shared.App.NewTenant();
        (await tenant.Staff.Get("/customers")).Headers["RateLimit-Limit"].ShouldBe("600000");
        _ = (await tenant.Admin.Patch("/tenants/current/settings", new { rate_limit_per_minute = 1000 })).Is(200);
        await Eventually(async () => (await tenant.Staff.Get("/customers")).Headers["RateLimit-Limit"] == "1000");
        var answers = new List<LedgerAnswer>();
        for (var i = 0; i < 25; i++) answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 44).Select(_ => tenant.Staff.Get("/subscriptions"))));
        answers.Count(one => one.Status == 200).ShouldBeInRange(1000, 1000);
        answers.Where(one => one.Status != 200).ShouldAllBe(one => one.Code == "too_many_requests");
    }

    /// <summary>What is known of a tenant may be a second old.</summary>
    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await holds()) return;
            await Task.Delay(50);
        }

        throw new TimeoutException("It never came to hold.");
    }
}
