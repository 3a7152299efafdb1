using System.Text.Json;

namespace Ledger.Api;

/// <summary>The framework's JSON is ours: names and kinds in OpenAPI are those on the wire.</summary>
internal static class JsonSetup
{
    public static void Apply(JsonSerializerOptions options)
    {
        var ours = LedgerJson.Options;
        options.PropertyNamingPolicy = ours.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = ours.DefaultIgnoreCondition;
        options.Encoder = ours.Encoder;
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = ours.TypeInfoResolver;
        foreach (var converter in ours.Converters) options.Converters.Add(converter);
    }
}
