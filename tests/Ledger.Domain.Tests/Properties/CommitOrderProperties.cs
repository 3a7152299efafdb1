using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Decisions.Json;
using Ledger.EventStore.Events;
using Ledger.EventStore.Projecting;
using Ledger.Projections;

namespace Ledger.Domain.Tests.Properties;

/// <summary>The log has the events of a commit stream by stream; a decision may have them mixed.</summary>
public class CommitOrderProperties
{
    private static readonly EventTypes Types = new(typeof(Tenant).Assembly);
    private static readonly Instant Noon = Instant.FromUtc(2025, 11, 1, 12, 0);

    [Fact]
    public void Views_say_the_same_of_a_commit_stream_by_stream_as_of_the_decision() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var ends = new List<int>();
        var log = CommandProperties.Live(seed, (_, _) => { }, (ledger, _) => ends.Add(ledger.Log.Count)).Log;
        var (decided, written) = (new List<StoredEvent>(), new List<StoredEvent>());
        foreach (var (nth, end) in ends.Index())
        {
            var commit = log[decided.Count..end].Select((one, i) => Stored(one, nth + 1, decided.Count + i)).ToList();
            decided.AddRange(commit);
            written.AddRange(commit.GroupBy(one => one.Stream).SelectMany(one => one));
        }

        foreach (var view in AllViews.Create()) Said(view, written).ShouldBe(Said(view, decided), $"{view.Name}, seed {seed}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    /// <summary>All of a commit with one position: which of them a row saw last is not what it says.</summary>
    private static StoredEvent Stored((StreamId Stream, IEvent Event) one, long position, int nth) => new(
        position, new(nth, 0, 0, new byte[8]), "tenant", one.Stream, nth, Types.NameFor(one.Event.GetType()), one.Event,
        new(1, Noon + Duration.FromMinutes(position), "user", "somebody"), null, null, Noon + Duration.FromMinutes(position));

    private static string Said(View view, IReadOnlyList<StoredEvent> events)
    {
        var kind = view.GetType().BaseType!;
        var fold = kind.GetGenericTypeDefinition() == typeof(View<>) ? nameof(Rows) : nameof(Sums);
        return (string)typeof(CommitOrderProperties).GetMethod(fold, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(kind.GetGenericArguments()[0]).Invoke(null, [view, events])!;
    }

    private static string Rows<TRow>(View<TRow> view, IReadOnlyList<StoredEvent> events) where TRow : class
    {
        var rows = new SortedDictionary<Guid, TRow?>();
        foreach (var one in events)
            foreach (var id in view.Touched(one)) rows[id] = view.After(rows.GetValueOrDefault(id), id, one);
        return string.Join('\n', rows.Where(one => one.Value is not null).Select(one => $"{one.Key} {JsonSerializer.Serialize(one.Value, LedgerJson.Options)}"));
    }

    private static string Sums<TState>(FigureView<TState> view, IReadOnlyList<StoredEvent> events) where TState : class
    {
        var (known, figures) = (new Known<TState>(), new List<(string Of, Figure Figure)>());
        foreach (var one in events)
            foreach (var figure in view.Count(one, known).ToList()) figures.Add(($"{view.DayOf(one, known)} {figure.Measure} {figure.Dimension} {figure.Commodity}", figure));
        return string.Join('\n', figures.GroupBy(one => one.Of, one => one.Figure).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Key} {one.Sum(figure => figure.Count)} {one.Sum(figure => figure.Amount)}"));
    }

    private sealed class Known<TState> : IFigureStates<TState> where TState : class
    {
        private readonly Dictionary<Guid, TState?> all = [];

        public TState? this[Guid id]
        {
            get => all.GetValueOrDefault(id);
            set => all[id] = value;
        }
    }
}
