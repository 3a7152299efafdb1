using System.Text.RegularExpressions;

namespace Ledger.Api.Documentation;

/// <summary>Where the type of a problem leads: what it means and what to do, from docs/problems.md.</summary>
internal static partial class ProblemPages
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Pages = new(Read);

    public static void MapProblemPages(this WebApplication app) =>
        app.MapGet("/docs/problems/{code}", (string code) => Pages.Value.TryGetValue(code, out var page)
                ? Results.Text(page, "text/markdown; charset=utf-8")
                : throw new ProblemException(Problem.NotFound))
            .WithMetadata(new AccessRule(Who.Public)).ExcludeFromDescription();

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(ProblemPages).Assembly.GetManifestResourceStream("problems.md")!;
        using var reader = new StreamReader(stream);
        var sections = Heading().Split(reader.ReadToEnd());   // Text before the first heading, then code and text in turns.
        return Enumerable.Range(0, sections.Length / 2).ToDictionary(
            i => sections[1 + 2 * i], i => $"# `{sections[1 + 2 * i]}`\n\n{NextChapter().Split(sections[2 + 2 * i])[0].Trim()}\n");
    }

    [GeneratedRegex("^### `([a-z0-9_]+)`$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex NextChapter();
}
