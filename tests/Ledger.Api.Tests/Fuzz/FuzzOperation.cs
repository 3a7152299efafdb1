using System.Text.Json.Nodes;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>An operation as the API describes it.</summary>
/// <param name="Body">The schema of its body; null where it takes none.</param>
internal sealed record FuzzOperation(string Id, string Method, string Path, IReadOnlyList<(string Name, string In)> Parameters, JsonNode? Body)
{
    public static IReadOnlyList<FuzzOperation> Of(JsonNode document) =>
        [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => new FuzzOperation(
            one.Value!["operationId"]!.GetValue<string>(), one.Key.ToUpperInvariant(), path.Key,
            [.. (one.Value["parameters"]?.AsArray() ?? []).Select(parameter => (parameter!["name"]!.GetValue<string>(), parameter["in"]!.GetValue<string>()))],
            one.Value["requestBody"]?["content"]?["application/json"]?["schema"])))];
}
