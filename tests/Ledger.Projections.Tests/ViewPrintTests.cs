using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Events;
using Ledger.EventStore.Projecting;

namespace Ledger.Projections.Tests;

/// <summary>
/// What each view makes of each event there is, in a file beside the views: a start compares it with what the tables were made by. When
/// this fails, look at the difference: if rows of the past come out otherwise, raise the version of the view. Then take the received file.
/// </summary>
public class ViewPrintTests
{
    private static readonly EventJson Json = new(new EventTypes(typeof(Tenant).Assembly));
    private static readonly Instant At = Instant.FromUtc(2025, 11, 1, 12, 0);
    private static readonly Guid Tenant = new("01000000-0000-7000-8000-000000000001");

    /// <summary>One of every event, in the order of their names: as the golden files have them.</summary>
    private static readonly IReadOnlyList<StoredEvent> Events = [.. Json.Types.Names.Select(Read)];

    [Fact]
    public void What_the_views_make_of_each_event_is_what_is_written_down()
    {
        var path = Path.Combine(Root(), "src/Ledger.Projections/view_prints.txt");
        var now = string.Concat(Events.Select(one => $"event {one.Type}\n").Concat(AllViews.Create().SelectMany(Lines)));
        var received = path.Replace(".txt", ".received.txt", StringComparison.Ordinal);
        if (File.ReadAllText(path) == now) File.Delete(received);
        else File.WriteAllText(received, now);
        File.ReadAllText(path).ShouldBe(now, $"The code of a view has changed. See {received}.");
    }

    [Fact]
    public void Every_view_takes_note_of_something_and_is_read_back_as_written()
    {
        var prints = AllViews.Prints();
        prints.Views.Select(print => (print.Name, print.Version)).ShouldBe(AllViews.Create().Select(view => (view.Name, view.Version)));
        prints.Views.ShouldAllBe(print => print.Effects.Count > 0 && print.Effects.Keys.All(prints.Known.Contains));
    }

    private static IEnumerable<string> Lines(View view) => Effects(view).OrderBy(one => one.Key, StringComparer.Ordinal)
        .Select(one => $"{one.Key} {ViewPrint.Hash(one.Value)}\n").Prepend($"view {view.Name} {view.Version} {ViewPrint.ColumnsOf(view)}\n");

    private static IReadOnlyDictionary<string, string> Effects(View view)
    {
        var (kind, method) = (view.GetType().BaseType!, view.GetType().BaseType!.GetGenericTypeDefinition() == typeof(View<>) ? nameof(OfRows) : nameof(OfFigures));
        return (IReadOnlyDictionary<string, string>)typeof(ViewPrintTests).GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(kind.GetGenericArguments()[0]).Invoke(null, [view])!;
    }

    /// <summary>The row after the event, from none and from the row that the first of its kind of stream makes.</summary>
    private static Dictionary<string, string> OfRows<TRow>(View<TRow> view) where TRow : class
    {
        var first = new SortedDictionary<string, TRow>(StringComparer.Ordinal);
        foreach (var one in Events)
            foreach (var id in view.Touched(one))
                if (!first.ContainsKey(one.Stream.Category) && Try(() => view.After(null, id, one)) is TRow row) first[one.Stream.Category] = row;

        var effects = new Dictionary<string, string>();
        foreach (var one in Events)
        {
            var before = first.GetValueOrDefault(one.Stream.Category) ?? first.Values.FirstOrDefault();
            var rows = view.Touched(one).Select(id => $"{Told(Try(() => view.After(null, id, one)))} {Told(Try(() => view.After(before, id, one)))}").ToList();
            if (rows.Count > 0) effects[one.Type] = string.Join('\n', rows);
        }

        return effects;
    }

    /// <summary>The figures of the event and what is known after it, from nothing known and from what the first of its kind makes known.</summary>
    private static Dictionary<string, string> OfFigures<TState>(FigureView<TState> view) where TState : class
    {
        var first = new SortedDictionary<string, TState>(StringComparer.Ordinal);
        foreach (var one in Events)
        {
            var known = new Known<TState>();
            _ = Try(() => view.Count(one, known).ToList());
            if (known.All.Values.OfType<TState>().FirstOrDefault() is { } state) _ = first.TryAdd(one.Stream.Category, state);
        }

        var effects = new Dictionary<string, string>();
        foreach (var one in Events)
        {
            var (nothing, something) = (new Known<TState>(), new Known<TState>());
            var before = first.GetValueOrDefault(one.Stream.Category) ?? first.Values.First();
            foreach (var id in view.Needs(one)) something.All[id] = before;
            var told = string.Join('\n', new[] { nothing, something }.Select(known => $"{Told(Try(() => view.Count(one, known).ToList()))} {Told(known.All)} {Told(Try(() => view.DayOf(one, known)))}"));
            if (view.Needs(one).Any() || told.Contains("measure", StringComparison.Ordinal)) effects[one.Type] = told;
        }

        return effects;
    }

    private static object? Try<T>(Func<T> work)
    {
        try { return work(); }
        catch (Exception e) { return $"throws {e.GetType().Name}"; }
    }

    private static string Told(object? outcome) => JsonSerializer.Serialize(outcome, outcome?.GetType() ?? typeof(object), LedgerJson.Options);

    private static StoredEvent Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(Root(), "tests/Ledger.Domain.Tests/Events", $"{name}.json"));
        var happened = Json.Read(name, text);
        using var json = JsonDocument.Parse(text);
        var id = json.RootElement.TryGetProperty("id", out var member) && member.ValueKind is JsonValueKind.String && member.TryGetGuid(out var guid) ? guid : Tenant;
        return new(1, Tenant, Tenant.ToString(), new StreamId(happened.GetType().BaseType!.Name, id), 1, name, happened, new(1, At, "user", "somebody"), null, null, At);
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../.."));

    private sealed class Known<TState> : IFigureStates<TState> where TState : class
    {
        public SortedDictionary<Guid, TState?> All { get; } = [];

        public TState? this[Guid id]
        {
            get => All.GetValueOrDefault(id);
            set => All[id] = value;
        }
    }
}
