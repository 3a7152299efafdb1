using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Domain.Tests.PublicEvents;

/// <summary>What others are told has this shape for ever: members are added, and anything else is another version.</summary>
public class PublicGoldenTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. PublicNames.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_told_as_ever(string name) => Golden(FileOf(name), PublicSchema.Of(name).ToJsonString(Readable) + "\n");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_has_all_that_its_schema_says(string name)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), FileOf(name))))!;
        var sample = schema["examples"]![0]!;
        Members(schema).ShouldBe(sample.AsObject().Select(one => one.Key));
        Members(schema["properties"]!["data"]!).ShouldBe(sample["data"]!.AsObject().Select(one => one.Key));

        static IEnumerable<string> Members(JsonNode shape) => shape["properties"]!.AsObject().Select(one => one.Key);
    }

    [Fact]
    public void Every_name_has_a_file_and_every_file_a_name() => Directory.GetFiles(Folder(), "*.json").Select(path => Path.GetFileName(path)!)
        .Where(name => !name.Contains(".received.", StringComparison.Ordinal)).ShouldBe(PublicNames.All.Select(FileOf), ignoreOrder: true);

    [Fact]
    public void Every_name_is_on_its_page()
    {
        var page = File.ReadAllText(Path.Combine(Folder(), "README.md"));
        PublicNames.All.Where(name => !page.Contains($"[`{name}`]({FileOf(name)})", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string FileOf(string name) => string.Create(CultureInfo.InvariantCulture, $"{name}.v{PublicNames.Version}.json");

    private static void Golden(string file, string now)
    {
        var path = Path.Combine(Folder(), file);
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        if (now != before) File.WriteAllText(Path.ChangeExtension(path, ".received.json"), now);
        now.ShouldBe(before, $"{file} differs.");
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/events"));
}
