using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Ledger.EventStore.Tests.Events;

public sealed class EventTypesTests
{
    private static readonly EventTypes Types = new(typeof(Counter).Assembly);

    [Theory]
    [InlineData("InvoiceIssued", "invoice_issued")]
    [InlineData("AEvent", "a_event")]
    [InlineData("PDFSent", "pdf_sent")]
    [InlineData("SentByPDF", "sent_by_pdf")]
    [InlineData("Issued2Times", "issued2_times")]
    [InlineData("issued", "issued")]
    public void A_class_is_named_in_snake_case(string name, string expected) => EventTypes.SnakeCase(name).ShouldBe(expected);

    [Fact]
    public void Every_event_has_the_name_of_its_class_or_the_one_it_was_given()
    {
        Types.NameFor(typeof(CounterAdded)).ShouldBe("counter_added");
        Types.NameFor(typeof(CounterRenamed)).ShouldBe("counter_renamed_v3");
        Types.Names.ShouldContain("counter_renamed");
        Types.Types.ShouldNotContain(typeof(CounterEvent));
    }

    [Fact]
    public void Two_events_of_one_name_are_refused() =>
        _ = Should.Throw<ArgumentException>(() => new EventTypes(new Only(typeof(Given<int>), typeof(Given<string>))));

    [Fact]
    public void An_older_shape_that_leads_nowhere_is_refused() =>
        Should.Throw<ArgumentException>(() => new EventTypes(new Only(typeof(CounterRenamedFirst)))).Message.ShouldContain("counter_renamed_v2");

    [Fact]
    public void Older_shapes_that_lead_to_each_other_are_refused() =>
        Should.Throw<ArgumentException>(() => new EventTypes(new Only(typeof(CounterRenamedFirst), typeof(Back<int>)))).Message.ShouldContain("lead back");

    [Theory]
    [InlineData("counter_renamed", """{"title":"Old"}""")]
    [InlineData("counter_renamed_v2", """{"name":"Old"}""")]
    [InlineData("counter_renamed_v3", """{"name":"Old","by":"unknown"}""")]
    public void Every_older_shape_is_read_as_todays(string name, string json) =>
        new EventJson(Types).Read(name, json).ShouldBe(new CounterRenamed("Old", "unknown"));

    /// <summary>A stream was written over years: in whatever shape each event stands, the state is the same.</summary>
    [Fact]
    public void A_stream_in_any_mix_of_shapes_comes_to_the_same_state() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 2), ArbMap.Default.GeneratorFor<NonNull<string>>()).ListOf().ToArbitrary(), written =>
        {
            var log = new EventJson(Types);
            var today = written.Select(one => (CounterEvent)new CounterRenamed(one.Item2.Get, "unknown"));
            var stored = written.Select(one =>
            {
                var name = JsonSerializer.Serialize(one.Item2.Get);
                return one.Item1 switch
                {
                    0 => log.Read("counter_renamed", $$"""{"title":{{name}}}"""),
                    1 => log.Read("counter_renamed_v2", $$"""{"name":{{name}}}"""),
                    _ => log.Read("counter_renamed_v3", log.Write(new CounterRenamed(one.Item2.Get, "unknown")).Json),
                };
            }).Cast<CounterEvent>();
            return stored.SequenceEqual(today)
                && stored.Aggregate(Counter.Initial, Counter.Evolve) == today.Aggregate(Counter.Initial, Counter.Evolve);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_of_a_newer_program_is_said_to_be_one() =>
        Should.Throw<UnknownEventException>(() => new EventJson(Types).Read("counter_exploded", "{}")).Message.ShouldContain("counter_exploded");

    /// <summary>Undoes what the first step does.</summary>
    public sealed class Back<T> : IUpcaster
    {
        public string From => "counter_renamed_v2";
        public string To => "counter_renamed";
        public System.Text.Json.Nodes.JsonObject Upcast(System.Text.Json.Nodes.JsonObject stored) => stored;
    }

    public sealed record Given<T>(T Value) : IEvent;

    /// <summary>An assembly of a few types.</summary>
    private sealed class Only(params Type[] types) : Assembly
    {
        public override Type[] GetTypes() => types;
    }
}
