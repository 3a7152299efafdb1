using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ledger.Benchmarks;

/// <summary>Figures as a table, for the screen and for docs/performance.md.</summary>
internal static class Report
{
    public static IEnumerable<string> Lines(IReadOnlyList<Figure> figures)
    {
        yield return "| figure | value | baseline | ratio | asked |";
        yield return "|---|---:|---:|---:|---|";
        foreach (var one in figures)
        {
            var baseline = one.Baseline is { } other ? $"{Number(other)} {one.Unit}" : "";
            var ratio = one.Measured is { } measured ? $"{Number(measured)} ×" : "";
            yield return $"| {one.What} | {Number(one.Value)} {one.Unit} | {baseline} | {ratio} | {Asked(one)}{(one.IsMet ? "" : ", **not met**")} |";
        }
    }

    /// <summary>Replaces the scenario's table, which stands between two comments.</summary>
    public static void Write(IScenario scenario, IReadOnlyList<Figure> figures, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "../../docs/performance.md");
        var (begin, end) = ($"<!-- figures: {scenario.Name} -->\n", "<!-- end -->");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(begin, StringComparison.Ordinal);
        if (from < 0) throw new InvalidOperationException($"docs/performance.md has no place for the figures of {scenario.Name}: {begin.Trim()}");
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..(from + begin.Length)] + string.Concat(Lines(figures).Select(line => line + "\n")) + text[to..]);
    }

    private static string Asked(Figure figure) => string.Join(", ", new[]
    {
        figure.Ratio is { } ratio ? $"≥ {Number(ratio)} ×" : null,
        figure.MostRatio is { } mostRatio ? $"≤ {Number(mostRatio)} ×" : null,
        figure.Most is { } most ? $"≤ {Number(most)} {figure.Unit}" : null,
        figure.Least is { } least ? $"≥ {Number(least)} {figure.Unit}" : null,
    }.OfType<string>());

    private static string Number(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("F2", CultureInfo.InvariantCulture),
    };
}
