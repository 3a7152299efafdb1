using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.EventStore.Events;

namespace Ledger.Domain.Tests.Events;

/// <summary>What is in the log can be read for ever. A changed file is a changed past: add a shape instead.</summary>
public class EventGoldenTests
{
    private static readonly EventTypes Types = new(typeof(Tenant).Assembly);
    private static readonly EventJson Json = new(Types);

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Current => [.. EventSamples.All.Select(sample => Types.NameFor(sample.GetType()))];

    public static TheoryData<string> Older => [.. EventSamples.Older.Keys];

    [Fact]
    public void Every_event_has_one_sample() => EventSamples.All.Select(sample => sample.GetType().Name).Order()
        .ShouldBe(Types.Types.Select(type => type.Name).Order());

    [Fact]
    public void The_names_are_these() => Golden("event_names.txt", string.Concat(Types.Names.Select(name => name + "\n")));

    [Fact]
    public void Every_name_has_a_file_and_every_file_a_name() => Directory.GetFiles(Here(), "*.json")
        .Select(Path.GetFileNameWithoutExtension).Where(name => !name!.EndsWith(".received", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .ShouldBe(Types.Names);

    [Theory]
    [MemberData(nameof(Current))]
    public void It_is_written_as_ever(string name) =>
        Golden($"{name}.json", JsonNode.Parse(Json.Write(Sample(name)).Json)!.ToJsonString(Readable) + "\n");

    [Theory]
    [MemberData(nameof(Current))]
    public void What_was_written_is_read_as_the_same(string name) =>
        EventText.Of(Json.Read(name, File.ReadAllText(Path.Combine(Here(), $"{name}.json")))).ShouldBe(EventText.Of(Sample(name)));

    [Theory]
    [MemberData(nameof(Older))]
    public void An_older_shape_is_read_as_what_it_means_today(string name) =>
        EventText.Of(Json.Read(name, File.ReadAllText(Path.Combine(Here(), $"{name}.json")))).ShouldBe(EventText.Of(EventSamples.Older[name]));

    [Fact]
    public void What_may_be_absent_may_be_absent()
    {
        foreach (var sample in EventSamples.All)
        {
            var (name, json) = Json.Write(sample);
            var stored = JsonNode.Parse(json)!.AsObject();
            foreach (var optional in sample.GetType().GetConstructors()[0].GetParameters().Where(one => one.HasDefaultValue))
                _ = stored.Remove(JsonNamingPolicy.SnakeCaseLower.ConvertName(optional.Name!));
            Json.Read(name, stored.ToJsonString()).ShouldBeOfType(sample.GetType(), name);
        }
    }

    private static IEvent Sample(string name) => EventSamples.All.Single(sample => Types.NameFor(sample.GetType()) == name);

    /// <summary>What differs is left beside the file, to be looked at.</summary>
    private static void Golden(string file, string text)
    {
        var path = Path.Combine(Here(), file);
        if (File.Exists(path) && File.ReadAllText(path) == text) return;
        File.WriteAllText(Path.ChangeExtension(path, $".received{Path.GetExtension(path)}"), text);
        text.ShouldBe(File.Exists(path) ? File.ReadAllText(path) : "", $"{file} differs.");
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
