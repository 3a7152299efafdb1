using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Ledger.Api.Tests;

/// <summary>What the files in <c>http/</c> ask for is there, and between them they ask for everything.</summary>
[Collection("app")]
public sealed partial class HttpFileTests(SharedApp shared)
{
    /// <summary>Asked for by the provider's page, not by a person.</summary>
    private static readonly string[] OfProviders = ["GET /api/v1/setup-sessions/{}/callback"];

    [Fact]
    public async Task Every_request_is_an_operation_and_every_operation_has_a_request()
    {
        var operations = (await shared.App.Anonymous.Get("/openapi.json")).Is(200).Json["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {Parameter().Replace(path.Key, "{}")}"));
        var requests = Directory.GetFiles(Folder(), "*.http").SelectMany(File.ReadLines)
            .Select(line => RequestLine().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups[1].Value} /api/v1{Parameter().Replace(match.Groups[2].Value, "{}").Replace("/tenants/current", "/tenants/{}", StringComparison.Ordinal)}")
            .Where(request => request != "GET /api/v1/openapi.json").Distinct();
        requests.ShouldBe(operations.Except(OfProviders), ignoreOrder: true);
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../http"));

    [GeneratedRegex(@"^(GET|POST|PUT|PATCH|DELETE) \{\{base\}\}([^?\s]*)")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\{\{?[a-z_]+\}?\}")]
    private static partial Regex Parameter();
}
