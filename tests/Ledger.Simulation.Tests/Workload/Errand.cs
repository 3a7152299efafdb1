namespace Ledger.Simulation.Tests.Workload;

/// <summary>Something to be done by a worker, and how that goes.</summary>
/// <param name="Key">Which errands it waits for.</param>
/// <param name="Fails">How many attempts fail.</param>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Writes">Whether it ends with an event of its own.</param>
/// <param name="Leads">Whether another follows from it.</param>
public sealed record Errand(string? Key, int Fails, int Milliseconds, bool IsEarly, bool Writes, bool Leads) : IMessage
{
    public string? OrderKey => Key;

    public static Errand Any(Random random) => new(
        random.Next(2) == 0 ? $"key {random.Next(2)}" : null,
        random.Next(4) == 0 ? random.Next(1, 4) : 0,
        random.Next(3) == 0 ? random.Next(random.Next(4) == 0 ? 15_000 : 100) : 0,
        random.Next(6) == 0, random.Next(2) == 0, random.Next(5) == 0);
}

/// <summary>Something has happened, and asks for an errand.</summary>
public sealed record Happened(Errand? Wish) : IEvent;

/// <summary>An errand was done.</summary>
public sealed record Done(Guid Errand) : IEvent;

/// <summary>Sends whoever is wished for.</summary>
public sealed class ErrandPolicy(string name) : IPolicy
{
    public string Name => name;

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event is Happened { Wish: { } wish }
        ? [new(wish, context.Position % 7 == 0 ? context.EffectiveAt + Duration.FromSeconds(5) : null)]
        : [];
}

/// <summary>Runs an errand as it is told.</summary>
internal sealed class ErrandHandler(DatabaseLink link, GroupCommit groupCommit, TimeProvider time, Mutant mutant) : IMessageHandler<Errand>
{
    public async Task Handle(Errand message, MessageContext context, CancellationToken ct)
    {
        if (context.Attempts <= message.Fails) throw new InvalidOperationException("Not this time.");
        if (message.IsEarly && context.Attempts == message.Fails + 1) throw new NotYetException(TimeSpan.FromMilliseconds(200));
        if (message.Milliseconds > 0) await Task.Delay(TimeSpan.FromMilliseconds(message.Milliseconds), time, ct);
        if (!message.Writes) return;

        var stream = new StreamId("errand", context.Id);
        var version = await link.Version(context.Tenant, stream.Id);
        if (version > 0 && mutant is not Mutant.CompletionApart) throw new InvalidOperationException("It was done before.");
        var commit = new Commit(context.Tenant)
        {
            Streams = [new(stream, version, 1)],
            Events = [new(DerivedId.Of(context.Id, $"done {context.Attempts}"), stream, version + 1, new Done(context.Id))],
            Headers = new(1, context.Now, "worker", "errand"),
            Completes = mutant is Mutant.CompletionApart ? null : context.Complete(),
            Sends = message.Leads ? [context.Follow("next", message with { Leads = false })] : [],
        };
        switch (await groupCommit.Commit(commit))
        {
            case CommitResult.Committed: return;
            case CommitResult.MessageLost: throw new MessageLostException();
            case var other: throw new InvalidOperationException($"{other}");
        }
    }
}
