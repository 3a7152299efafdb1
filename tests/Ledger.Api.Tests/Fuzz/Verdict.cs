using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>What an answer must never be, whatever was asked.</summary>
internal static partial class Verdict
{
    private static readonly HashSet<string> Codes = [.. Heading().Matches(File.ReadAllText(Page())).Select(match => match.Groups[1].Value)];

    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Of(string method, FuzzCaller caller, FuzzAnswer answer)
    {
        if (caller.Closed.FirstOrDefault(closed => answer.Text.Contains(closed, StringComparison.OrdinalIgnoreCase) || answer.Headers.Contains(closed, StringComparison.OrdinalIgnoreCase)) is { } leaked)
            return $"It tells {caller.Name} of {leaked}.";
        if (answer.Status < 400 || answer.IsOfKestrel) return null;
        if (answer.MediaType != "application/problem+json") return $"{answer.Status} is {answer.MediaType ?? "nothing"}, not a problem.";
        if (method == "HEAD") return answer.Status >= 500 ? $"{answer.Status}." : null;

        string? code;
        try { code = JsonNode.Parse(answer.Text)?["code"]?.GetValue<string>(); }
        catch (JsonException) { return "The problem is not JSON."; }

        if (code is null || !Codes.Contains(code)) return $"The code {code ?? "that is missing"} is on no page.";
        if (answer.Status == 503) return code == "views_behind" ? null : $"503 {code}.";
        return answer.Status >= 500 ? $"{answer.Status} {code}." : null;
    }

    private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/problems.md"));

    [GeneratedRegex("^### `([a-z0-9_]+)`$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}

/// <summary>What came back.</summary>
/// <param name="Headers">All of them, as one text.</param>
/// <param name="IsOfKestrel">Whether it never was a request: Kestrel refuses what is no HTTP, with an empty body and without an id.</param>
internal sealed record FuzzAnswer(int Status, string? MediaType, string Headers, string Text, bool IsOfKestrel)
{
    public static async Task<FuzzAnswer> Of(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new(
            (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.ToString() + answer.Content.Headers, text,
            (int)answer.StatusCode is 400 or 408 or 411 or 414 or 431 && text.Length == 0 && answer.Content.Headers.ContentLength == 0 && !answer.Headers.Contains("Request-Id"));
    }
}
