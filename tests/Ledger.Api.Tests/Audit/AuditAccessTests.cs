using System.Net.Http.Headers;
using Ledger.Api.Audit;
using Ledger.Domain.Tenancy;
using Ledger.EventStore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Ledger.Api.Tests.Audit;

/// <summary>Who looked at personal data, and who was refused, is told beside what was done.</summary>
[Collection("app")]
public class AuditAccessTests(SharedApp shared)
{
    [Fact]
    public async Task A_look_at_a_customer_is_told_and_what_was_searched_for_is_not()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        var read = (await tenant.Staff.Get($"/customers/{id}")).Is(200);
        _ = (await tenant.Staff.Get("/customers?q=Secretword")).Is(200);
        _ = (await tenant.Staff.Get("/products")).Is(200);

        var looks = await shared.Trail(tenant, "action=read");
        looks.Select(one => (one.Text("event"), one.Text("resource_type"), one.Text("resource_id"), one.Text("status"), one.Text("http_status")))
            .ShouldBe([("list_customers", "customer", null, "success", "200"), ("get_customer", "customer", id, "success", "200")]);
        looks[1].Text("request_id").ShouldBe(read.Headers["Request-Id"]);
        looks[1].Text("ip_address").ShouldBe("127.0.0.1");
        looks[1].Text("actor_kind").ShouldBe("api_key");
        (await shared.Trail(tenant)).ShouldAllBe(one => !one.ToJsonString().Contains("Secretword", StringComparison.Ordinal));
        (await tenant.Admin.Get($"/audit-logs/{looks[1].Text("id")}")).Is(200).Json.Text("event").ShouldBe("get_customer");
        (await tenant.Admin.Get($"/audit-logs/{looks[1].Text("id")}/proof")).Refuses(404, "not_found");
        (await shared.Trail(tenant, $"resource_id={id}")).Select(one => one.Text("event")).ShouldBe(["get_customer", "customer_created"]);
    }

    [Fact]
    public async Task Refusals_are_told_with_who_tried_and_on_what()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        var id = (await mine.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        (await theirs.Staff.Get($"/customers/{id}")).Refuses(404, "customer_not_found");
        (await theirs.Staff.Delete($"/customers/{id}")).Refuses(403, "forbidden");
        (await theirs.Admin.Delete($"/customers/{id}")).Refuses(404, "customer_not_found");

        var refused = await shared.Trail(theirs, "status=failure");
        refused.Select(one => (one.Text("event"), one.Text("action"), one.Text("http_status"), one.Text("code"), one.Text("resource_id"))).ShouldBe(
        [
            ("delete_customer", "attempt", "404", "customer_not_found", id), ("delete_customer", "attempt", "403", "forbidden", id),
            ("get_customer", "read", "404", "customer_not_found", id),
        ]);
        refused[1].Text("actor_id").ShouldNotBe(refused[0].Text("actor_id"));
        (await shared.Trail(theirs, $"status=failure&actor={refused[0].Text("actor_id")}")).Count.ShouldBe(1);
        (await shared.Trail(theirs, "action=attempt")).Count.ShouldBe(2);
        (await shared.Trail(theirs, "action=get_customer")).Count.ShouldBe(1);
        (await shared.Trail(mine, "status=failure")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_was_revoked_leads_to_its_tenant_and_one_that_never_was_to_nobody()
    {
        var tenant = await shared.App.NewTenant();
        var (key, id) = await shared.NewKey(tenant, ApiKeyRole.Staff);
        _ = await shared.App.Services.GetRequiredService<CommandHandler>().Handle(new RevokeApiKey(id), AuditApp.ContextOf(tenant), CancellationToken.None);

        (await shared.Send(HttpMethod.Get, "/invoices", key)).Status.ShouldBe(401);
        (await shared.Send(HttpMethod.Get, "/invoices", $"lk_test_{Guid.NewGuid():N}")).Status.ShouldBe(401);
        var refused = (await shared.Trail(tenant, "status=failure")).ShouldHaveSingleItem();
        (refused.Text("event"), refused.Text("actor_id"), refused.Text("code")).ShouldBe(("list_invoices", id.Value.ToString(), "unauthorized"));
    }

    [Fact]
    public async Task What_a_program_calls_itself_is_cut_and_cleaned()
    {
        var tenant = await shared.App.NewTenant();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shared.App.Address, "/api/v1/products"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await shared.NewKey(tenant, ApiKeyRole.Admin)).Key);
        request.Headers.Add("Idempotency-Key", "one");
        _ = request.Headers.TryAddWithoutValidation("User-Agent", new string('x', 1000));
        request.Content = new StringContent("""{"name":"P"}""", new MediaTypeHeaderValue("application/json"));
        ((int)(await http.SendAsync(request)).StatusCode).ShouldBe(201);
        (await shared.Trail(tenant, "action=product_created"))[0].Text("user_agent").ShouldBe(new string('x', 300));
    }

    [Fact]
    public void Control_characters_and_halves_of_characters_do_not_reach_the_table() =>
        AuditedRequest.Plain("a\u001b[31m\0\ud83d", 300).ShouldBe("a?[31m??");

    [Fact]
    public async Task A_flood_of_refusals_is_kept_to_a_limit_and_counted()
    {
        var tenant = await shared.App.NewTenant();
        await Task.WhenAll(Enumerable.Range(0, AttemptLimit.RefusalsMax * 3).Select(_ => tenant.Staff.Delete($"/customers/{Guid.NewGuid()}")));
        var refused = await shared.Trail(tenant, "status=failure&limit=200");
        refused.Count.ShouldBeInRange(AttemptLimit.RefusalsMax, 2 * AttemptLimit.RefusalsMax);   // A minute may end meanwhile.
    }

    [Fact]
    public void What_is_left_out_of_a_minute_is_told_once_and_the_next_minute_begins_anew()
    {
        var (limit, now) = (new AttemptLimit(), Instant.FromUtc(2026, 3, 1, 12, 0, 30));
        Enumerable.Range(0, 100).Count(_ => limit.Takes("a", isRefusal: true, now)).ShouldBe(AttemptLimit.RefusalsMax);
        limit.Takes("a", isRefusal: false, now).ShouldBeTrue("Looks have a limit of their own.");
        limit.Takes("b", isRefusal: true, now).ShouldBeTrue("So has another tenant.");
        limit.Ended(now, all: false).ShouldBeEmpty();
        limit.Ended(now + Duration.FromMinutes(1), all: false).ShouldBe([("a", true, Instant.FromUtc(2026, 3, 1, 12, 0), 100L - AttemptLimit.RefusalsMax)]);
        limit.Ended(now + Duration.FromMinutes(1), all: true).ShouldBeEmpty();
        limit.Takes("a", isRefusal: true, now + Duration.FromMinutes(1)).ShouldBeTrue();
    }
}
