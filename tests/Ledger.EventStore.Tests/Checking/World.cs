namespace Ledger.EventStore.Tests.Checking;

/// <summary>What all share, few enough of each that they get in each other's way.</summary>
internal sealed class World(History history, Means means)
{
    public const string Slow = """
        create table public.unrelated (n int);
        create function public.dawdle() returns trigger language plpgsql as $$
        begin
            if random() < 0.03 then perform pg_sleep(random() * 0.004); end if;
            return new;
        end $$;
        create trigger dawdle before insert on public.mt_events for each row execute function public.dawdle();
        """;

    private const int StreamsMax = 6;

    public History History => history;
    public Means Means => means;
    public Guid[] Streams { get; } = [.. Enumerable.Range(0, StreamsMax).Select(_ => Guid.CreateVersion7())];
    public string[] Names { get; } = ["north", "south", "east", "west"];
    public string[] Keys { get; private set; } = KeysOf(0);

    /// <summary>A person who has a key already: to give another fails in SQL, at the end of the batch.</summary>
    public Guid Person { get; } = Guid.CreateVersion7();

    /// <summary>Some streams and all keys are new in each round.</summary>
    public void Renew(int round)
    {
        Keys = KeysOf(round);
        for (var i = 0; i < StreamsMax / 2; i++) Streams[i] = Guid.CreateVersion7();
    }

    private static string[] KeysOf(int round) => [.. Enumerable.Range(0, 12).Select(n => $"{round}-{n}")];
}

/// <summary>What the program does in steps that a mutant may get wrong.</summary>
internal sealed record Means
{
    public Func<StoreFixture, IJointCommand, CommandContext, Func<JointOutcome, StoredAnswer>?, Task<JointOutcome>> Handle { get; init; } =
        (store, command, context, answer) => store.Handler.Handle(command, context, CancellationToken.None, answer);

    /// <summary>Writes what a message led to, and ends the message. The chance may end the process in between.</summary>
    public Func<StoreFixture, Commit, MessageLease, Chance, Task<CommitResult>> Complete { get; init; } =
        (store, led, lease, _) => store.GroupCommit.Commit(led with { Completes = lease });

    /// <summary>Sends what follows from a page of the log, and moves the place in it.</summary>
    public Func<StoreFixture, IReadOnlyList<NewMessage>, CheckpointMove, Chance, Task> MoveOn { get; init; } =
        (store, sends, move, _) => store.GroupCommit.Commit(new Commit(StoreFixture.Tenant) { Sends = sends, Checkpoint = move });

    /// <summary>Reads on in the log.</summary>
    public Func<StoreFixture, long, int, Task<List<StoredEvent>>> Read { get; init; } =
        (store, position, limit) => store.Feed.After(position, limit, CancellationToken.None);
}

/// <summary>The states after some of the log: what a decision may have looked at.</summary>
internal sealed class Replay : IStates
{
    private readonly Dictionary<StreamId, (Counter State, long Version)> states = [];

    public (Counter State, long Version) this[StreamId stream] => states.GetValueOrDefault(stream, (Counter.Initial, 0));

    public void Apply(StoredEvent happened) =>
        states[happened.Stream] = (Counter.Evolve(this[happened.Stream].State, (CounterEvent)happened.Event), happened.Version);

    ValueTask<TState> IStates.Of<TState, TEvent>(StreamId stream) => new((TState)(object)this[stream].State);

    ValueTask<TState> IStates.OfNew<TState, TEvent>(StreamId stream) => new((TState)(object)this[stream].State);
}
