using Microsoft.AspNetCore.Http;

namespace Ledger.Scenarios.Webhooks;

/// <summary>What was told is told again, and what one is told waits for nobody else.</summary>
public class RedeliveryTests(WebhookApp shared) : IClassFixture<WebhookApp>
{
    [Fact]
    public async Task One_is_told_again_under_its_id_and_number()
    {
        var (tenant, endpoint) = await Open();
        await Happen(tenant);
        _ = await endpoint.Wait(1);
        var delivery = await endpoint.Until("succeeded", 1);
        _ = (await endpoint.Do($"deliveries/{delivery["id"]}/redeliver")).Is(202);
        var told = await endpoint.Wait(2);
        (told[1].Id, told[1].Sequence, told[1].Body).ShouldBe((told[0].Id, told[0].Sequence, told[0].Body));
        told[1].Headers["webhook-timestamp"].ShouldNotBeEmpty();
        _ = await endpoint.Until("succeeded", 2);
        (await endpoint.Do($"deliveries/{Guid.NewGuid()}/redeliver")).Refuses(404, "webhook_delivery_not_found");
    }

    [Fact]
    public async Task What_was_given_up_is_told_when_it_is_asked_for_and_is_a_gap_until_then()
    {
        var (tenant, endpoint) = await Open(new { retry_waits = Array.Empty<int>() });
        endpoint.Answers(500);
        await Happen(tenant);
        _ = await endpoint.Until("abandoned", 1);
        endpoint.Answers(200);
        await Happen(tenant);
        _ = await endpoint.Until("succeeded", 1);
        var gap = (await tenant.Admin.Get($"/webhook-endpoints/{endpoint.Id}/gaps")).Is(200).Json["data"]!.AsArray().Single()!;
        gap["event_id"]!.GetValue<string>().ShouldBe(endpoint.Heard[0].Id);
        _ = (await endpoint.Do($"deliveries/{gap["id"]}/redeliver")).Is(202);
        (await endpoint.Wait(3))[2].Id.ShouldBe(endpoint.Heard[0].Id);
        await Until(async () => (await tenant.Admin.Get($"/webhook-endpoints/{endpoint.Id}/gaps")).Is(200).Json["data"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task One_that_waits_for_its_next_attempt_has_it_now()
    {
        var (tenant, endpoint) = await Open(new { retry_waits = new[] { 86_400, 86_400 } });
        endpoint.Answers(500);
        var customer = await Happen(tenant);
        _ = (await tenant.Admin.Patch($"/customers/{customer}", new { full_name = "Somebody else" })).Is(200);
        _ = await endpoint.Wait(1);
        await Until(async () => (await endpoint.Deliveries()).Any(one => one["status"]!.GetValue<string>() == "failed"));
        endpoint.Answers(200);
        var first = (await endpoint.Deliveries()).Single(one => one["attempts"]!.GetValue<int>() == 1);
        _ = (await endpoint.Do($"deliveries/{first["id"]}/redeliver")).Is(202);
        var told = await endpoint.Wait(3);
        told.Take(3).Select(one => one.Sequence).ShouldBe([1, 1, 2]);
        told[1].Id.ShouldBe(told[0].Id);
    }

    [Fact]
    public async Task All_from_a_position_on_is_told_again_also_what_was_before_the_endpoint()
    {
        var tenant = await shared.App.NewTenant();
        for (var i = 0; i < 3; i++) await Happen(tenant);
        var endpoint = await Endpoint.Register(shared, tenant.Admin);
        await Happen(tenant);
        _ = await endpoint.Wait(1);
        _ = await endpoint.Until("succeeded", 1);
        var feed = (await tenant.Admin.Get("/events")).Is(200).Json["data"]!.AsArray().Select(one => (Id: one!["id"]!.GetValue<string>(), Position: one["position"]!.GetValue<long>())).ToList();
        feed.Count.ShouldBe(4);

        _ = (await endpoint.Do("redeliveries", new { from_position = feed[1].Position, to_position = feed[2].Position })).Is(202);
        (await endpoint.Wait(3)).Skip(1).Select(one => one.Id).ShouldBe(feed.Skip(1).Take(2).Select(one => one.Id), ignoreOrder: true);
        _ = (await endpoint.Do("redeliveries", new { since = "2020-01-01T00:00:00Z" })).Is(202);
        (await endpoint.Wait(7)).Skip(3).Select(one => one.Id).ShouldBe(feed.Select(one => one.Id), ignoreOrder: true);
        (await endpoint.Do("redeliveries", new { })).Refuses(400, "validation_failed");
        (await endpoint.Do("redeliveries", new { from_position = 5, to_position = 4 })).Refuses(400, "validation_failed");
    }

    [Fact]
    public async Task What_is_told_of_one_subject_waits_for_what_comes_before_and_nothing_else_does()
    {
        var (tenant, endpoint) = await Open(new { retry_waits = new[] { 1, 1, 1, 1, 1 } });
        var first = await Happen(tenant);
        _ = await endpoint.Wait(1);
        shared.Consumer.Answer(endpoint.Path, (http, _) =>
        {
            http.Response.StatusCode = http.Request.Headers["ledger-subject"] == first && http.Request.Headers["ledger-sequence"] == "2" && endpoint.Heard.Count(one => one.Subject == first) < 4 ? 500 : 200;
            return Task.CompletedTask;
        });
        for (var i = 0; i < 3; i++) _ = (await tenant.Admin.Patch($"/customers/{first}", new { full_name = $"Somebody {i}" })).Is(200);
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Happen(tenant)));

        await Until(() => Task.FromResult(endpoint.Heard.Any(one => one.Subject == first && one.Sequence == 4)));
        endpoint.Heard.Where(one => one.Subject == first).Select(one => one.Sequence).ShouldBe([1, 2, 2, 2, 3, 4]);
        endpoint.Heard.Select(one => one.Subject).ShouldBeSubsetOf([first, .. others]);
        var between = endpoint.Heard.TakeWhile(one => one.Subject != first || one.Sequence < 3).Select(one => one.Subject).ToList();
        others.ShouldBeSubsetOf(between);
    }

    /// <summary>Those that hang, break off, lead elsewhere or never end their answer are noted as failed, and nobody waits for them.</summary>
    [Fact]
    public async Task Nobody_waits_for_those_who_mean_harm()
    {
        var tenant = await shared.App.NewTenant();
        (Func<HttpContext, int, Task> Answer, string Error)[] hostile =
        [
            (async (http, _) => await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default), "answer_too_slow"),
            ((http, _) => { http.Abort(); return Task.CompletedTask; }, "answer_unreadable"),
            ((http, _) => { http.Response.Redirect("http://127.0.0.1:1/"); return Task.CompletedTask; }, "redirect_not_followed"),
        ];
        var endpoints = new List<(Endpoint Endpoint, string Error)>();
        foreach (var (answer, error) in hostile)
        {
            var one = await Endpoint.Register(shared, tenant.Admin, with: new { retry_waits = new[] { 3600 } });
            shared.Consumer.Answer(one.Path, answer);
            endpoints.Add((one, error));
        }

        var endless = await Endpoint.Register(shared, tenant.Admin);
        shared.Consumer.Answer(endless.Path, async (http, _) =>
        {
            var chunk = new byte[64 * 1024];
            try { for (var sent = 0L; sent < 10_000_000_000; sent += chunk.Length) await http.Response.Body.WriteAsync(chunk, http.RequestAborted); }
            catch (Exception e) when (e is OperationCanceledException or IOException) { }
        });
        var tls = (await tenant.Admin.Post("/webhook-endpoints", new { url = shared.Consumer.At("/").ToString().Replace("http:", "https:", StringComparison.Ordinal) })).Is(201).Id;
        var healthy = await Endpoint.Register(shared, tenant.Admin);
        await Happen(tenant);
        _ = await healthy.Wait(1);
        _ = await endless.Until("succeeded", 1);
        foreach (var (endpoint, error) in endpoints) (await endpoint.Until("failed", 1))["last_error"]!.GetValue<string>().ShouldBe(error);
        await Until(async () => (await tenant.Admin.Get($"/webhook-endpoints/{tls}/deliveries")).Is(200).Json["data"]!.AsArray() is [{ } one] && one["last_error"]?.GetValue<string>() == "tls_failed");
    }

    private async Task<(TestTenant, Endpoint)> Open(object? with = null)
    {
        var tenant = await shared.App.NewTenant();
        return (tenant, await Endpoint.Register(shared, tenant.Admin, with: with));
    }

    private static async Task<string> Happen(TestTenant tenant) => (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201).Id;

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 600 && !await holds(); tries++) await Task.Delay(25);
        (await holds()).ShouldBeTrue();
    }
}
