using Microsoft.OpenApi;

namespace Ledger.Api.Documentation;

/// <summary>What goes beside the body of an operation: headers, paging, and who may call it.</summary>
internal static class WireHeaders
{
    public static Task Describe(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        var rule = metadata.OfType<AccessRule>().LastOrDefault();
        if (metadata.OfType<KeyedOperation>().Any())
            operation.Parameters.Add(Header("Idempotency-Key", required: true, "The same key again gives the first answer; with another body it is refused."));
        if (metadata.OfType<ReadsViews>().Any())
            operation.Parameters.Add(Header("Ledger-Min-Position", required: false, "Waits, briefly, until the views have seen this position."));
        if (metadata.OfType<Paged>().Any())
        {
            operation.Parameters.Add(Query("limit", JsonSchemaType.Integer, "From 1 to 200; 50 if absent."));
            operation.Parameters.Add(Query("after", JsonSchemaType.String, "The next_cursor of the page before."));
            operation.Parameters.Add(Query("offset", JsonSchemaType.Integer, "Rows to skip, instead of a cursor."));
            operation.Parameters.Add(Query("include", JsonSchemaType.String, "total: count all rows."));
        }

        if (metadata.OfType<Reports.OfSomeTime>().Any())
        {
            operation.Parameters.Add(Query("from", JsonSchemaType.String, "The first day, as 2026-03-01; that of the month if absent."));
            operation.Parameters.Add(Query("to", JsonSchemaType.String, "The last day; that of as_of if absent."));
        }

        if (metadata.OfType<Reports.OfSomeTime>().Any() || metadata.OfType<OfAnotherTime>().Any())
        {
            operation.Parameters.Add(Query("as_of", JsonSchemaType.String, "What was true by an instant, as 2026-03-10T09:30:00Z, or by a position of the log; now if absent."));
            operation.Parameters.Add(Query("known_at", JsonSchemaType.String, "What was known by an instant, or at a position of the log; all that is known if absent."));
        }

        if (metadata.OfType<Audit.PagedByCursor>().Any())
        {
            operation.Parameters.Add(Query("limit", JsonSchemaType.Integer, "From 1 to 200; 50 if absent."));
            operation.Parameters.Add(Query("after", JsonSchemaType.String, "The next_cursor of the page before."));
        }

        var who = rule?.Who ?? Who.Admin;
        operation.Description = Describe(who)
            + (rule?.Right is { } right ? $" Staff need the right `{AccessRule.ScopeOf(right)}`." : "")
            + (rule?.Scope is { } scope ? $" A key with scopes needs `{scope}`." : "") + Refusals(metadata);
        if (who is not Who.Public)
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("api_key")] = [] }, new() { [new OpenApiSecuritySchemeReference("access_token")] = [] }];
        return Task.CompletedTask;
    }

    private static string Describe(Who who) => who switch
    {
        Who.Public => "Anybody may call it.",
        Who.SignedIn => "For whoever has logged in.",
        Who.CustomerOwn => "For customers, what is their own; for staff and admins.",
        Who.Staff => "For staff and admins.",
        Who.StaffOrPlatform => "For staff and admins, and for platform admins.",
        Who.PlatformAdmin => "For platform admins.",
        _ => "For admins.",
    };

    private static string Refusals(IList<object> metadata) => metadata.OfType<RejectionList>().SelectMany(list => list.Rejections).ToList() is { Count: > 0 } all
        ? $" Refuses with {string.Join(", ", all.Select(one => $"`{one.Code}`"))}." : "";

    private static OpenApiParameter Header(string name, bool required, string description) => new()
    {
        Name = name, In = ParameterLocation.Header, Required = required, Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiParameter Query(string name, JsonSchemaType type, string description) => new()
    {
        Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = type },
    };
}
