using Ledger.EventStore.Database;
using Ledger.EventStore.Projecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Simulation.Tests.Workload;

/// <summary>One process of the program: the production classes, on a database, a clock and a thread that are not its own.</summary>
#pragma warning disable CA1001 // It may be killed at any moment, and holds nothing that outlives it.
internal sealed class SimulatedProcess
#pragma warning restore CA1001
{
    private static readonly LedgerDatabase Nowhere = new("Host=nowhere");
    private static readonly MessageTypes Types = new(typeof(Errand).Assembly);

    private readonly CancellationTokenSource stop = new();

    /// <summary>To be made as one of the actor's steps.</summary>
    public SimulatedProcess(World world, Actor actor, IReadOnlyList<IPolicy> policies, IReadOnlyList<View> views, Mutant mutant)
    {
        Actor = actor;
        Time = new StageTime(world.Scheduler, actor);
        Link = new(world);
        GroupCommit = new(Link, Time);
        var signals = new ProcessSignals(Nowhere, GroupCommit);
        var handlers = new MessageHandlers(Types, [new ErrandHandler(Link, GroupCommit, Time, mutant)]);
        Messages = new(Link, Types, handlers, GroupCommit, signals, Time, world.Scheduler.Random, NullLogger<MessageRuntime>.Instance);
        Policies = new(Link, Link, Link, GroupCommit, signals, policies, Time, NullLogger<PolicyRunner>.Instance);
        Views = new(Link, Link, Link, signals, views, Time, NullLogger<ViewRunner>.Instance);
    }

    public Actor Actor { get; }
    public TimeProvider Time { get; }
    public DatabaseLink Link { get; }
    public GroupCommit GroupCommit { get; }
    public MessageRuntime Messages { get; }
    public PolicyRunner Policies { get; }
    public ViewRunner Views { get; }
    public bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Runs until told to stop; whatever is left of it then goes no further.</summary>
    public async Task Run()
    {
        await Task.WhenAll(Messages.Run(stop.Token), Policies.Run(stop.Token), Views.Run(stop.Token));
        Actor.IsDead = true;
    }

    public void Stop() => stop.Cancel();
}
