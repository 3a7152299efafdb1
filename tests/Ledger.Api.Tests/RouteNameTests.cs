using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests;

/// <summary>The code that binds endpoints is generated, one piece for all whose parameters have equal names and types.</summary>
[Collection("app")]
public sealed class RouteNameTests(SharedApp shared)
{
    [Fact]
    public void What_is_taken_from_a_path_is_named_as_in_the_path()
    {
        var taken = shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .SelectMany(one => one.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [])
            .Select(one => (one.Name, Path: one.GetCustomAttribute<FromRouteAttribute>()?.Name)).Where(one => one.Path is not null).ToList();
        taken.Count.ShouldBeGreaterThan(100);
        taken.ShouldAllBe(one => JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Name!) == one.Path);
    }
}
