using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Api.Documentation;

/// <summary>The API's description at /api/v1/openapi.json, and a page to read it at /docs.</summary>
internal static class OpenApiSetup
{
    private const string Path = "/api/v1/openapi.json";

    public static IServiceCollection AddLedgerOpenApi(this IServiceCollection services) => services.AddSingleton<OpenApiPage>().AddOpenApi("v1", options => Named(options)
        .AddSchemaTransformer((schema, context, _) => WireTypes.Describe(schema, context.JsonTypeInfo.Type))
        .AddOperationTransformer((operation, context, _) => WireHeaders.Describe(operation, context.Description.ActionDescriptor.EndpointMetadata))
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Ledger", Version = "v1", Description = "An event-sourced billing ledger.", License = new() { Name = "Proprietary" },
            };
            document.Servers = [new() { Url = "/" }];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["api_key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key of the tenant." },
                ["access_token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "Of a user or a customer who has logged in." },
            };
            return Task.CompletedTask;
        }));

    /// <summary>Many endpoints have a <c>Request</c> inside of them: each is a schema by itself, by the name of its endpoint.</summary>
    private static OpenApiOptions Named(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } id
            ? type.Type is { IsNested: true, IsGenericType: false, DeclaringType.Name: var outer } ? $"{outer.Replace("Endpoints", "", StringComparison.Ordinal).Replace("Endpoint", "", StringComparison.Ordinal)}{id}" : id
            : null;
        return options;
    }

    public static void MapLedgerOpenApi(this WebApplication app) =>
        app.MapGet(Path, (OpenApiPage page, HttpContext http) => page.Answer(http)).WithMetadata(new AccessRule(Who.Public)).ExcludeFromDescription();

    /// <summary>Before routing: the page is files of its own.</summary>
    public static void UseDocumentationPage(this WebApplication app)
    {
        _ = app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs") && !http.Request.Path.StartsWithSegments("/docs/problems"), docs => docs.UseMiddleware<ProblemBoundary>().UseMiddleware<PageLimits>());
        _ = app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "Ledger";
            options.SwaggerEndpoint(Path, "Ledger v1");
        });
    }
}
