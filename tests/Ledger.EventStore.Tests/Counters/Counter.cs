using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Ledger.EventStore.Tests.Counters;

/// <summary>The smallest thing with a history: a total that is opened, added to, and closed.</summary>
public sealed record Counter(bool IsOpen, long Total, string? Name, Instant? OpenedAt, IReadOnlyList<long> Receipts) : IState<Counter, CounterEvent>
{
    public static Counter Initial { get; } = new(false, 0, null, null, []);

    public static StreamId Stream(Guid id) => new("counter", id);

    public static Counter Evolve(Counter state, CounterEvent @event) => @event switch
    {
        CounterOpened opened => state with { IsOpen = true, OpenedAt = opened.At, Name = opened.Name },
        CounterAdded added => state with { Total = state.Total + added.Amount },
        CounterRenamed renamed => state with { Name = renamed.Name },
        ReceiptIssued receipt => state with { Receipts = [.. state.Receipts, receipt.Number] },
        CounterClosed => state with { IsOpen = false },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

public abstract record CounterEvent : IEvent
{
    private protected CounterEvent() { }
}

public sealed record CounterOpened(Instant At, string? Name = null) : CounterEvent;

public sealed record CounterAdded(long Amount) : CounterEvent;

public sealed record CounterClosed : CounterEvent;

/// <summary>In its third shape: the first had the name as <c>title</c>, the second said by whom as plain text.</summary>
[EventName("counter_renamed_v3")]
public sealed record CounterRenamed(string Name, string By) : CounterEvent;

public sealed record ReceiptIssued(string Text, long Number = 0) : CounterEvent, INumberedEvent
{
    public string Series => "receipt";

    public IEvent WithNumber(long number) => this with { Number = number };
}

public sealed class CounterRenamedFirst : IUpcaster
{
    public string From => "counter_renamed";
    public string To => "counter_renamed_v2";

    public JsonObject Upcast(JsonObject stored)
    {
        var title = stored["title"]!.GetValue<string>();
        return new() { ["name"] = title };
    }
}

public sealed class CounterRenamedSecond : IUpcaster
{
    public string From => "counter_renamed_v2";
    public string To => "counter_renamed_v3";

    public JsonObject Upcast(JsonObject stored)
    {
        stored["by"] = "unknown";
        return stored;
    }
}
