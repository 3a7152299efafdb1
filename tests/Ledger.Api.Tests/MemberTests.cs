using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Ledger.Api.Access;
using Ledger.Api.Requests;
using Ledger.Decisions.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests;

/// <summary>What customers and visitors may set, and what they are told, member by member: each is a decision that somebody has made.</summary>
/// <remarks>A member that is new leaves a <c>*.received.txt</c> beside the list. Who takes it over says that customers may have it.</remarks>
[Collection("app")]
public class MemberTests(SharedApp shared)
{
    private const int DepthMax = 8;

    private static readonly Who[] Open = [Who.Public, Who.SignedIn, Who.CustomerOwn];

    /// <summary>Every endpoint that is not for staff alone.</summary>
    private IEnumerable<RouteEndpoint> Endpoints => shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(one => one.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
        .Where(one => Open.Contains(one.Metadata.GetMetadata<AccessRule>()!.Who));

    [Fact]
    public void Who_may_set_which_member_is_written_down() => ShouldBeGolden(
        from endpoint in Endpoints
        where endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null
        from member in Settable(endpoint)
        select $"{Name(endpoint)} {member.Pointer}: {(member.IsStaffs ? "staff" : "everybody")}", "members_set.txt");

    [Fact]
    public void What_customers_are_told_is_written_down() => ShouldBeGolden(
        from type in Endpoints.SelectMany(one => one.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
            .Where(answer => answer.StatusCode < 300 && answer.Type is not null && answer.Type != typeof(void)).Select(answer => answer.Type!).Distinct()
        from member in Members(LedgerJson.Options.GetTypeInfo(type), "", 0)
        select $"{Plain(type)} {member.Pointer}", "members_told.txt");

    [Fact]
    public async Task What_is_for_staff_to_set_is_refused_to_customers_wherever_it_stands()
    {
        var tenant = await shared.App.NewTenant();
        using var browser = await shared.App.NewCustomer(tenant);
        var customer = browser.AsClient();
        var product = (await tenant.Admin.Post("/products", new { name = "Bread" })).Is(201).Id;
        var variation = (await tenant.Admin.Post("/product-variations", new { product_id = product, name = "Rye", price = new { amount = 100, currency = "ISK" } })).Is(201).Id;
        var items = new[] { new { product_variation_id = variation } };
        var ids = new Dictionary<string, string>
        {
            ["customer_id"] = "me",
            ["subscription_id"] = (await customer.Post("/subscriptions", new { items })).Is(201).Id,
            ["order_id"] = (await customer.Post("/orders", new { items })).Is(201).Id,
        };

        var played = 0;
        foreach (var endpoint in Endpoints.Where(one => one.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not null))
        {
            foreach (var member in Settable(endpoint).Where(one => one.IsStaffs))
            {
                var path = string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
                    part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
                        : ids[((Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart)part).Name]))))["api/v1".Length..];
                var method = new HttpMethod(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
                var refused = (await customer.Send(method, path, Body(member.Pointer), "key")).Refuses(403, "member_not_yours");
                refused.Json["errors"]![0]!["pointer"]!.GetValue<string>().ShouldBe(member.Pointer.Replace("/*", "/0", StringComparison.Ordinal));
                played++;
            }
        }

        played.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Customers_begin_within_a_year_and_pay_in_the_tenants_currency()
    {
        var tenant = await shared.App.NewTenant();
        using var browser = await shared.App.NewCustomer(tenant);
        var customer = browser.AsClient();
        foreach (var day in new[] { "2199-01-01", "2025-10-31", "2026-11-02" })
        {
            (await customer.Post("/subscriptions", new { start_date = day })).Refuses(400, "validation_failed");
            (await customer.Post("/orders", new { delivery_date = day })).Refuses(400, "validation_failed");
        }

        foreach (var day in new[] { "2025-11-01", "2026-11-01" }) _ = (await customer.Post("/subscriptions", new { start_date = day })).Is(201);
        (await customer.Post("/subscriptions", new { currency = "USD" })).Refuses(403, "member_not_yours");
        (await customer.Post("/orders", new { currency = "USD" })).Refuses(403, "member_not_yours");
        _ = (await customer.Post("/subscriptions", new { currency = "ISK", external_id = (string?)null })).Is(201);
        var anybody = (await tenant.Admin.Post("/customers", new { full_name = "Jón" })).Is(201).Id;
        _ = (await tenant.Staff.Post("/subscriptions", new { customer_id = anybody, start_date = "2199-01-01", currency = "USD", external_id = "1" })).Is(201);
    }

    /// <summary>A body with nothing but this member: whose it is to set is asked before anything else of it.</summary>
    private static string Body(string pointer) => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()
        .Aggregate("1", (inner, part) => part == "*" ? $"[{inner}]" : $"{{\"{part}\":{inner}}}");

    private static IEnumerable<(string Pointer, bool IsStaffs)> Settable(RouteEndpoint endpoint) =>
        Members(RequestJson.Options.GetTypeInfo(endpoint.Metadata.GetMetadata<IAcceptsMetadata>()!.RequestType!), "", 0);

    /// <summary>Every member to the bottom; below what is for staff nothing is to be said.</summary>
    private static IEnumerable<(string Pointer, bool IsStaffs)> Members(JsonTypeInfo type, string pointer, int depth)
    {
        depth.ShouldBeLessThan(DepthMax, pointer);
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
        {
            foreach (var one in Members(type.Options.GetTypeInfo(element), $"{pointer}/*", depth + 1)) yield return one;
            yield break;
        }

        if (type.Kind is not JsonTypeInfoKind.Object) yield break;
        foreach (var property in type.Properties)
        {
            var here = $"{pointer}/{property.Name}";
            var isStaffs = StaffOnlyMembers.IsMarked(property);
            yield return (here, isStaffs);
            if (isStaffs) continue;
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            foreach (var one in Members(type.Options.GetTypeInfo(inner), here, depth + 1)) yield return one;
        }
    }

    private static string Name(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;

    private static string Plain(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Plain))}>"
        : type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    private static void ShouldBeGolden(IEnumerable<string> lines, string file, [CallerFilePath] string here = "")
    {
        var golden = Path.Combine(Path.GetDirectoryName(here)!, file);
        string[] now = [.. lines.Distinct().Order(StringComparer.Ordinal)], before = File.Exists(golden) ? File.ReadAllLines(golden) : [];
        if (!now.SequenceEqual(before)) File.WriteAllLines(Path.ChangeExtension(golden, ".received.txt"), now);
        now.ShouldBe(before);
    }
}
