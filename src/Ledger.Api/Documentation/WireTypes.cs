using Ledger.Domain.Amounts;
using Microsoft.OpenApi;

namespace Ledger.Api.Documentation;

/// <summary>How our own kinds of values look on the wire.</summary>
internal static class WireTypes
{
    public static Task Describe(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(Money)) Object(schema);
        else if (plain == typeof(Instant)) Text(schema, "date-time", "RFC 3339, in UTC.");
        else if (plain == typeof(LocalDate)) Text(schema, "date", "In the tenant's zone.");
        else if (plain == typeof(Currency)) Text(schema, null, "ISO 4217, upper case.");
        else if (plain == typeof(TaxRate)) Text(schema, null, "A decimal, 0.24 for 24 %.");
        else if (plain == typeof(Frequency)) Text(schema, null, "daily, weekly, monthly, quarterly, yearly, or every_2_weeks and the like.");
        else if (plain == typeof(OpaqueId)) Text(schema, null, "Text, or a whole number.");
        else if (plain == typeof(DateTimeZone)) Text(schema, null, "An IANA time zone.");
        else if (plain.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>))) Text(schema, "uuid", null);
        return Task.CompletedTask;
    }

    private static void Text(OpenApiSchema schema, string? format, string? description)
    {
        Clear(schema);
        schema.Type = JsonSchemaType.String;
        schema.Format = format;
        schema.Description = description;
    }

    private static void Object(OpenApiSchema schema)
    {
        Clear(schema);
        schema.Type = JsonSchemaType.Object;
        schema.Description = "An exact amount, in the minor unit of its currency: 1290 is 12.90 DKK, but 1290 ISK.";
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "ISO 4217, upper case." },
        };
        schema.Required = new HashSet<string> { "amount", "currency" };
    }

    private static void Clear(OpenApiSchema schema)
    {
        schema.Properties = null;
        schema.Required = null;
        schema.Enum = null;
        schema.Pattern = null;
    }
}
