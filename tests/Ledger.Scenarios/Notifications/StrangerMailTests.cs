using Ledger.Domain.Tenancy;
using Ledger.Gateways.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios.Notifications;

/// <summary>Nobody mails strangers through us: not by tests of wordings, not by a sandbox, not by a tenant of nobody in particular.</summary>
public sealed class StrangerMailTests : IAsyncLifetime
{
    private readonly PostRecorder outside = new(), inside = new();
    private LedgerApp app = null!;

    public async Task InitializeAsync() => app = await LedgerApp.Start(replace: services =>
        services.AddSingleton<IPostOffice>(outside).AddSingleton(new SandboxPost(inside)));

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_sandbox_writes_to_nobody_outside_and_keeps_what_it_would_have()
    {
        var (sandbox, live) = (await app.NewTenant(), await app.NewTenant(mode: TenantMode.Live));
        foreach (var (tenant, way) in new[] { (sandbox, inside), (live, outside) })
        {
            var (email, phone) = ($"{Guid.NewGuid():N}@example.org", $"+3547{Random.Shared.Next(100000, 999999)}");
            await Write(tenant.Admin, email, phone);
            way.To(email).Count.ShouldBe(1);
            way.To(phone).Count.ShouldBe(1);
            (way == inside ? outside : inside).To(email).ShouldBeEmpty();
            using var browser = app.Browse(tenant);
            _ = (await browser.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
            for (var tries = 0; tries < 400 && way.To(email).Count < 2; tries++) await Task.Delay(25);
            way.To(email).Count.ShouldBe(2);
            (way == inside ? outside : inside).To(email).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_merchant_who_has_just_registered_writes_to_nobody_until_they_have_shown_who_they_are()
    {
        using var browser = app.Browse(null);
        var own = $"{Guid.NewGuid():N}@example.org";
        var made = (await browser.Post("/auth/merchant-registrations", new { email = own, name = "M", password = LedgerApp.Password })).Is(201);
        var key = app.With(made.Json["api_key"]!.GetValue<string>());
        var (first, second) = ($"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org");
        await Write(key, first, "+3547771111");
        (outside.To(first).Count, inside.To(first).Count).ShouldBe((0, 1));

        using var visitor = new Browser(app.Address, made.Json["tenant_id"]!.GetValue<string>());
        var invited = $"{Guid.NewGuid():N}@example.org";
        _ = (await visitor.Post("/auth/customer-registrations", new { full_name = "x", email = invited })).Is(201);
        for (var tries = 0; tries < 400 && inside.To(invited).Count < 1; tries++) await Task.Delay(25);
        (outside.To(invited).Count, inside.To(invited).Count).ShouldBe((0, 1));

        var colleague = $"{Guid.NewGuid():N}@example.org";
        _ = (await key.Post("/users", new { email = colleague, password = LedgerApp.Password })).Is(201);
        _ = (await visitor.Post("/auth/password-resets", new { email = colleague })).Is(202);
        for (var tries = 0; tries < 400 && inside.To(colleague).Count < 1; tries++) await Task.Delay(25);
        (outside.To(colleague).Count, inside.To(colleague).Count).ShouldBe((0, 1));

        for (var tries = 0; tries < 400 && outside.To(own).Count < 1; tries++) await Task.Delay(25);
        var code = System.Text.RegularExpressions.Regex.Match(outside.To(own).Single().Text, "[0-9]{6}").Value;
        _ = (await browser.Post("/auth/address-confirmations", new { code })).Is(204);
        await Task.Delay(TimeSpan.FromSeconds(2.1));   // As long as it may be kept that they have not.
        await Write(key, second, "+3547771111", 4);
        outside.To(second).Count.ShouldBe(1);
        _ = (await visitor.Post("/auth/password-resets", new { email = colleague })).Is(202);
        for (var tries = 0; tries < 400 && outside.To(colleague).Count < 1; tries++) await Task.Delay(25);
        outside.To(colleague).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_key_sends_is_counted_whichever_key_it_is()
    {
        var tenant = await app.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Asha", email = $"{Guid.NewGuid():N}@example.org" })).Is(201).Id;
        var data = new { customer_id = customer, job_id = "1" };
        var keys = new List<LedgerClient> { tenant.Admin, tenant.Staff, app.With(await tenant.NewKey(new { name = "x" })) };
        for (var n = 0; n < 5; n++) _ = (await keys[n % 3].Post("/notifications", new { type = "appointment_confirmed", data })).Is(202);
        foreach (var key in keys) _ = (await key.Post("/notifications", new { type = "appointment_confirmed", data })).Refuses(429, "too_many_requests");

        var template = (await tenant.Admin.Get("/message-templates?type=appointment_confirmed&language=en&channel=mail")).Is(200).Json["data"]![0]!["id"];
        var user = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/users", new { email = user, password = LedgerApp.Password })).Is(201);
        for (var n = 0; n < 10; n++) _ = (await tenant.Admin.Post($"/message-templates/{template}/tests", new { to = user })).Is(202);
        _ = (await tenant.Admin.Post($"/message-templates/{template}/tests", new { to = user })).Refuses(429, "too_many_requests");
        var other = await app.NewTenant();
        var theirs = (await other.Admin.Post("/customers", new { full_name = "Bo", email = $"{Guid.NewGuid():N}@example.org" })).Is(201).Id;
        _ = (await other.Admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = theirs, job_id = "1" } })).Is(202);
    }

    [Fact]
    public async Task A_wording_is_tried_on_those_who_work_for_the_tenant_alone()
    {
        var (tenant, other) = (await app.NewTenant(mode: TenantMode.Live), await app.NewTenant());
        var (stranger, customer, theirs) = ($"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org");
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Asha", email = customer, phone_number = "+3547771234" })).Is(201);
        _ = (await other.Admin.Post("/users", new { email = theirs, password = LedgerApp.Password })).Is(201);
        foreach (var (channel, to) in new[] { ("mail", stranger), ("mail", customer), ("mail", theirs), ("sms", "+3547771234"), ("sms", "+15005550006") })
        {
            var template = (await tenant.Admin.Get($"/message-templates?type=appointment_confirmed&language=en&channel={channel}")).Is(200).Json["data"]![0]!["id"];
            (await tenant.Admin.Post($"/message-templates/{template}/tests", new { to })).Refuses(400, "validation_failed").Text.ShouldContain("not_a_user");
        }
    }

    private static async Task Write(LedgerClient key, string email, string phone, int lines = 2)
    {
        var events = (await key.Get("/notification-events")).Is(200).Json["data"]!.AsArray();
        var confirmed = events.Single(one => one!["type"]!.GetValue<string>() == "appointment_confirmed")!["id"];
        _ = (await key.Patch($"/notification-events/{confirmed}", new { channels = new[] { "mail", "sms" } })).Is(200);
        var customer = (await key.Post("/customers", new { full_name = "Asha", email, phone_number = phone })).Is(201).Id;
        _ = (await key.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = customer, job_id = "1" } })).Is(202);
        _ = await MessageLog.Until(key, "", [.. Enumerable.Repeat("appointment_confirmed", lines)]);
    }
}
