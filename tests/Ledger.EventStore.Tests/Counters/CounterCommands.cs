namespace Ledger.EventStore.Tests.Counters;

public static class CounterRejections
{
    public static readonly Rejection NotOpen = new("counter_not_open", RejectionKind.Conflict, "The counter is not open.");
    public static readonly Rejection Full = new("counter_full", RejectionKind.Unprocessable, "The counter would hold too much.");
    public static readonly Rejection NameTaken = new("counter_name_taken", RejectionKind.Conflict, "Another counter has this name.");
}

/// <summary>Opens a counter; opening it again changes nothing. Its name, if it has one, is its own.</summary>
public sealed record OpenCounter(Guid Id, string? Name = null, bool StartsStream = true) : ICommand<Counter, CounterEvent>
{
    public StreamId Stream => Counter.Stream(Id);

    public Decision<CounterEvent> Decide(Counter state)
    {
        if (state.IsOpen) return [];
        Decision<CounterEvent> opened = [new CounterOpened(StoreFixture.Now, Name)];
        return Name is null ? opened : opened.Claiming(Claim);
    }

    private Claim Claim => new("counter.name", Name!, Stream, CounterRejections.NameTaken);
}

/// <summary>Adds to an open counter, up to 1000. Adding nothing changes nothing.</summary>
public sealed record AddToCounter(Guid Id, long Amount) : ICommand<Counter, CounterEvent>
{
    public StreamId Stream => Counter.Stream(Id);

    public Decision<CounterEvent> Decide(Counter state) =>
        !state.IsOpen ? CounterRejections.NotOpen
        : state.Total + Amount > 1000 ? CounterRejections.Full
        : Amount == 0 ? []
        : [new CounterAdded(Amount)];
}

/// <summary>Closes a counter and lets go of its name. Closing it again changes nothing.</summary>
public sealed record CloseCounter(Guid Id) : ICommand<Counter, CounterEvent>
{
    public StreamId Stream => Counter.Stream(Id);

    public Decision<CounterEvent> Decide(Counter state)
    {
        if (!state.IsOpen) return [];
        Decision<CounterEvent> closed = [new CounterClosed()];
        return state.Name is null ? closed : closed.Releasing(new Claim("counter.name", state.Name, Stream, CounterRejections.NameTaken));
    }
}

public sealed record RenameCounter(Guid Id, string Name) : ICommand<Counter, CounterEvent>
{
    public StreamId Stream => Counter.Stream(Id);

    public Decision<CounterEvent> Decide(Counter state) => [new CounterRenamed(Name, "tester")];
}

/// <summary>Two receipts at once, each with the next number of the tenant's series.</summary>
public sealed record IssueReceipts(Guid Id, string Text) : ICommand<Counter, CounterEvent>
{
    public StreamId Stream => Counter.Stream(Id);

    public Decision<CounterEvent> Decide(Counter state) =>
        state.IsOpen ? [new ReceiptIssued(Text), new CounterAdded(1), new ReceiptIssued(Text)] : CounterRejections.NotOpen;
}

/// <summary>Takes from one counter what it adds to another.</summary>
public sealed record MoveBetween(Guid From, Guid To, long Amount, Func<Task>? Meanwhile = null) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var from = await states.Of<Counter, CounterEvent>(Counter.Stream(From));
        var to = await states.Of<Counter, CounterEvent>(Counter.Stream(To));
        if (Meanwhile is not null) await Meanwhile();
        if (from.Total < Amount || !to.IsOpen) return CounterRejections.NotOpen;
        return new JointDecision()
            .Append(Counter.Stream(From), new CounterAdded(-Amount))
            .Append(Counter.Stream(To), new CounterAdded(Amount));
    }
}

/// <summary>Adds to a counter while another one is open, which it only looks at.</summary>
public sealed record AddWhileOpen(Guid Guard, Guid Id, long Amount, Func<Task>? Meanwhile = null) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        _ = await states.Of<Counter, CounterEvent>(Counter.Stream(Id));
        var guard = await states.Of<Counter, CounterEvent>(Counter.Stream(Guard));
        if (Meanwhile is not null) await Meanwhile();
        return guard.IsOpen
            ? new JointDecision().Append(Counter.Stream(Id), new CounterAdded(Amount))
            : CounterRejections.NotOpen;
    }
}
