using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ledger.Architecture.Tests;

/// <summary>Who may refer to whom. A rule must run in a unit test, and a database must not know what it stores.</summary>
public partial class ReferenceTests
{
    private static readonly string[] Everything =
        ["LocalPostgres", "Decisions", "Domain", "EventStore", "Messaging", "Projections", "Gateways", "Identity", "Application", "Workers"];

    public static readonly TheoryData<string, string[]> OwnProjects = new()
    {
        { "LocalPostgres", [] },
        { "Decisions", [] },
        { "Domain", ["Decisions"] },
        { "EventStore", ["Decisions"] },
        { "Messaging", ["Decisions", "EventStore"] },
        { "Projections", ["Decisions", "Domain", "EventStore"] },
        { "Gateways", ["Decisions", "Domain"] },
        { "Identity", ["Decisions", "Domain", "EventStore"] },
        { "Application", Everything[1..^2] },
        { "Workers", Everything[..^1] },
        { "Cli", Everything },
        { "Api", Everything },
    };

    public static readonly TheoryData<string, string[]> Libraries = new()
    {
        { "LocalPostgres", ["Npgsql"] },
        { "Decisions", ["NodaTime"] },
        { "Domain", ["NodaTime"] },
        { "EventStore", ["NodaTime", "Npgsql", "Marten", "JasperFx", "JasperFx.Events", "Weasel.*", "Polly.Core", "Microsoft.Extensions.Logging.Abstractions"] },
        { "Messaging", ["NodaTime", "Npgsql", "Microsoft.Extensions.Logging.Abstractions"] },
        { "Gateways", ["NodaTime", "Npgsql", "RabbitMQ.Client", "DnsClient", "ICU4N", "Microsoft.*"] },
        { "Projections", ["NodaTime", "Npgsql", "Microsoft.*"] },
        { "Identity", ["NodaTime", "Npgsql", "Microsoft.*"] },
    };

    [Theory]
    [MemberData(nameof(OwnProjects))]
    public void A_project_uses_only_the_projects_below_it(string project, string[] allowed) => References(project)
        .Where(name => name.StartsWith("Ledger.", StringComparison.Ordinal)).Select(name => name["Ledger.".Length..])
        .ShouldBeSubsetOf(allowed);

    [Theory]
    [MemberData(nameof(OwnProjects))]
    public void Its_project_file_names_no_other(string project, string[] allowed) => XDocument.Load(ProjectFile(project))
        .Descendants("ProjectReference")
        .Select(one => Path.GetFileNameWithoutExtension(one.Attribute("Include")!.Value)["Ledger.".Length..])
        .ShouldBeSubsetOf(allowed);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_project_uses_only_these_libraries(string project, string[] allowed) => References(project)
        .Where(name => !name.StartsWith("Ledger.", StringComparison.Ordinal) && !IsRuntime(name))
        .Where(name => !Array.Exists(allowed, one => name == one || (one.EndsWith('*') && name.StartsWith(one[..^1], StringComparison.Ordinal))))
        .Where(name => name != "JasperFx.Events")   // It marks every assembly that is built beside it.
        .ShouldBeEmpty();

    [Fact]
    public void The_rules_have_nothing_to_reach_the_world_with()
    {
        string[] worlds = ["System.Net", "System.Data", "System.IO.FileSystem", "System.Threading.Thread", "System.Diagnostics.Process", "System.Console"];
        foreach (var project in (string[])["Decisions", "Domain"])
            References(project).Where(name => worlds.Any(world => name.StartsWith(world, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    /// <summary>A request is answered without the workers: they may run in the same process, or in another.</summary>
    [Fact]
    public void Over_http_only_the_host_names_the_workers()
    {
        var api = Path.GetDirectoryName(ProjectFile("Api"))!;
        Directory.EnumerateFiles(api, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(api, path), Text: File.ReadAllText(path)))
            .Where(file => file.Path.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Where(file => Workers().IsMatch(file.Text))
            .Select(file => file.Path)
            .ShouldBe(["ApiHost.cs", "Program.cs"], ignoreOrder: true);
    }

    [Fact]
    public void Every_project_has_its_row() => Solution.Projects.Order()
        .ShouldBe(Directory.GetDirectories(Path.GetDirectoryName(Path.GetDirectoryName(ProjectFile("Api")))!, "Ledger.*")
            .Select(directory => Path.GetFileName(directory)["Ledger.".Length..]).Order());

    private static IEnumerable<string> References(string project) =>
        Solution.Load(project).GetReferencedAssemblies().Select(name => name.Name!);

    /// <summary>Of the runtime itself, whatever its name.</summary>
    private static bool IsRuntime(string name) => name.StartsWith("System.", StringComparison.Ordinal)
        || name is "netstandard" or "mscorlib" or "Microsoft.Win32.Primitives";

    /// <summary>A name in their namespace, whole or as it may be written inside of <c>Ledger</c>.</summary>
    [GeneratedRegex(@"\bWorkers\.\p{Lu}")]
    private static partial Regex Workers();

    private static string ProjectFile(string project, [CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../src", $"Ledger.{project}", $"Ledger.{project}.csproj"));
}
