using Ledger.Api.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests;

/// <summary>Walks every endpoint there is, with every kind of caller, and with another tenant's ids.</summary>
[Collection("app")]
public class AccessTests(SharedApp shared)
{
    private IEnumerable<RouteEndpoint> Endpoints => shared.App.Services.GetRequiredService<EndpointDataSource>()
        .Endpoints.OfType<RouteEndpoint>().Where(one => one.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal));

    [Fact]
    public void Every_endpoint_states_who_may_call_it() =>
        shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.Metadata.GetMetadata<AccessRule>() is null).Select(one => one.RoutePattern.RawText).ShouldBeEmpty();

    [Fact]
    public async Task Every_endpoint_lets_in_whom_it_says_and_nobody_else()
    {
        var tenant = await shared.App.NewTenant();
        await using var callers = await WalkingCallers.Of(shared.App, tenant);
        var wrong = new List<string>();
        foreach (var (endpoint, method, path) in Calls(Guid.NewGuid()))
        {
            var rule = endpoint.Metadata.GetMetadata<AccessRule>()!;
            foreach (var caller in callers.All)
            {
                var answer = await caller.Client.Send(method, path, null, "key");
                var told = answer.Code is "unauthorized" or "forbidden" ? answer.Code : "let in";
                var expected = caller.Expected(rule, path);
                if (told != expected) wrong.Add($"{caller.Name} at {method} {path}: {answer.Status} {answer.Code}, expected {expected}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_call_with_whatever_id_and_body_is_a_fault()
    {
        var tenant = await shared.App.NewTenant();
        foreach (var (_, method, path) in Calls(Guid.NewGuid()))
            foreach (var body in new[] { null, "", "{}", "[]", "null", "{", "\"text\"", "{\"unknown\":1}" })
                (await tenant.Admin.Send(method, path, method == HttpMethod.Get ? null : body, Guid.NewGuid().ToString())).Status.ShouldBeLessThan(500, $"{method} {path} {body}");
    }

    [Fact]
    public async Task Another_tenants_things_are_not_there()
    {
        var mine = await shared.App.NewTenant();
        var theirs = await shared.App.NewTenant();
        var customer = (await mine.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        var method = (await mine.Admin.Post($"/customers/{customer}/payment-methods", new { token = "sbx_visa_4242_1230" })).Is(201).Id;
        var subscription = (await mine.Admin.Post("/subscriptions", new
        {
            customer_id = customer, start_date = "2026-01-01", items = new[] { new { description = "x", price = new { amount = 100, currency = "ISK" } } },
        })).Is(201).Id;

        (await theirs.Admin.Get($"/customers/{customer}")).Refuses(404, "customer_not_found");
        (await theirs.Admin.Patch($"/customers/{customer}", new { full_name = "Eve" })).Refuses(404, "customer_not_found");
        (await theirs.Admin.Delete($"/customers/{customer}")).Refuses(404, "customer_not_found");
        (await theirs.Admin.Get($"/customers/{customer}/payment-methods")).Refuses(404, "customer_not_found");
        (await theirs.Admin.Get($"/payment-methods/{method}")).Refuses(404, "payment_method_not_found");
        (await theirs.Admin.Delete($"/payment-methods/{method}")).Refuses(404, "payment_method_not_found");
        (await theirs.Admin.Get($"/subscriptions/{subscription}")).Refuses(404, "subscription_not_found");
        (await theirs.Admin.Post($"/subscriptions/{subscription}/cancel", new { })).Refuses(404, "subscription_not_found");
        (await theirs.Admin.Post("/subscriptions", new { customer_id = customer })).Refuses(404, "customer_not_found");
        (await theirs.Admin.Get($"/tenants/{mine.Name}")).Refuses(404, "tenant_not_found");
        (await theirs.Admin.Get("/customers")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        (await theirs.Admin.Get("/subscriptions")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        (await mine.Admin.Get($"/customers/{customer}")).Is(200).Json["full_name"]!.GetValue<string>().ShouldBe("Anna");
    }

    /// <summary>What hangs on something that is not there is not an empty list.</summary>
    [Fact]
    public async Task What_belongs_to_nobody_is_not_there()
    {
        var tenant = await shared.App.NewTenant();
        var found = new List<string>();
        foreach (var (endpoint, method, path) in Calls(Guid.NewGuid()))
        {
            if (method != HttpMethod.Get || endpoint.RoutePattern.Parameters.Count == 0 || endpoint.RoutePattern.Parameters.Any(one => one.Name is "tenant_id")) continue;
            var answer = await tenant.Admin.Get(path);
            if (answer.Status is >= 200 and < 300) found.Add($"{path}: {answer.Status}");
        }

        found.ShouldBeEmpty();
    }

    /// <summary>Every operation, with this id wherever one goes.</summary>
    private IEnumerable<(RouteEndpoint Endpoint, HttpMethod Method, string Path)> Calls(Guid id)
    {
        // Who logs out is out: that comes last.
        foreach (var endpoint in Endpoints.OrderBy(one => one.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == "endSession"))
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
                part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : id.ToString()))));
            yield return (endpoint, new(method), "/" + path["api/v1/".Length..]);
        }
    }
}
