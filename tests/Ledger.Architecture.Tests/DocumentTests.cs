using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>What is written for people says what is there: pages lead somewhere, and reference pages leave nothing out.</summary>
public partial class DocumentTests
{
    /// <summary>Problems that the edge gives by itself, and those of cards that a provider does not take.</summary>
    private static readonly string[] OfTheEdge =
    [
        .. EdgeCode().Matches(File.ReadAllText(InRoot("src/Ledger.Api/Problems/Problem.cs"))).Select(match => match.Groups[1].Value),
        .. Directory.EnumerateFiles(InRoot("src/Ledger.Gateways"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => CardCode().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct(),
    ];

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(InRoot(""), "*.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(InRoot(""), path))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" || (part.StartsWith('.') && part.Length > 1)))];

    public static TheoryData<string> EventNames => [.. File.ReadAllLines(InRoot("tests/Ledger.Domain.Tests/Events/event_names.txt"))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_something(string page)
    {
        var here = Path.GetDirectoryName(InRoot(page))!;
        Link().Matches(Fence().Replace(File.ReadAllText(InRoot(page)), "")).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#') && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(target => target.Split('#')[0])
            .Where(target => !Path.Exists(Path.Combine(here, target)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_problem_is_on_its_page_and_no_other()
    {
        OfTheEdge.ShouldContain("validation_failed");
        Headings("docs/problems.md").ShouldBe(
            File.ReadAllLines(InRoot("tests/Ledger.Architecture.Tests/problem_codes.txt")).Concat(OfTheEdge), ignoreOrder: true);
    }

    [Fact]
    public void Every_event_is_on_its_page_and_no_other() => Headings("docs/events.md").ShouldBe(
        File.ReadAllLines(InRoot("tests/Ledger.Domain.Tests/Events/event_names.txt")), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(EventNames))]
    public void What_an_event_says_is_on_its_page(string name)
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(InRoot($"tests/Ledger.Domain.Tests/Events/{name}.json")));
        var section = File.ReadAllText(InRoot("docs/events.md")).Split($"### `{name}`\n")[1].Split("\n#")[0];
        Row().Matches(section).Select(match => match.Groups[1].Value).ShouldBe(sample.RootElement.EnumerateObject().Select(one => one.Name));
    }

    [Fact]
    public void Every_package_that_is_used_is_on_its_page_and_no_other() => Row().Matches(File.ReadAllText(InRoot("docs/packages.md")))
        .Select(match => match.Groups[1].Value).ShouldBe(UsedPackages(), ignoreOrder: true);

    /// <summary>Headings that are one code each.</summary>
    private static IEnumerable<string> Headings(string page) =>
        CodeHeading().Matches(File.ReadAllText(InRoot(page))).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> UsedPackages() => Directory.EnumerateFiles(InRoot("src"), "*.csproj", SearchOption.AllDirectories)
        .Concat(Directory.EnumerateFiles(InRoot("tests"), "*.csproj", SearchOption.AllDirectories)).Append(InRoot("Directory.Build.targets"))
        .SelectMany(file => XDocument.Load(file).Descendants("PackageReference").Select(one => one.Attribute("Include")!.Value)).Distinct();

    private static string InRoot(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../..", path));

    [GeneratedRegex(@"\]\(<?([^)\s>]+)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{2,4} `([a-z0-9_]+)`$", RegexOptions.Multiline)]
    private static partial Regex CodeHeading();

    [GeneratedRegex(@"^\| `([A-Za-z0-9_.-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""\d{3}, "([a-z_]+)",""")]
    private static partial Regex EdgeCode();

    [GeneratedRegex("""CardRefusedException\("([a-z_]+)",""")]
    private static partial Regex CardCode();
}
