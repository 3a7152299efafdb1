using System.Globalization;
using Ledger.EventStore;
using Ledger.EventStore.Database;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Idempotency;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Streams;
using Ledger.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Messaging.Tests;

/// <summary>What one process of the program has for messages, on a database of one's own.</summary>
public sealed class LedgerProcess : IAsyncDisposable
{
    public const string Tenant = "iceland";

    public static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);

    private readonly CancellationTokenSource stop = new();
    private readonly EventJson json = new(new EventTypes(typeof(Bell).Assembly));
    private Task working = Task.CompletedTask;

    private LedgerProcess(string connectionString)
    {
        Database = new(connectionString);
        GroupCommit = new(Database, LogOptions.Open(Database, json.Types), json.Types);
        Loader = new(Database, json);
        Commands = new(GroupCommit, Loader, new HotStates(), new KnownRequests(Database, new(Database, new MasterKey(new byte[32]), TimeProvider.System)));
        Feed = new(Database, json);
        Signals = new(Database, GroupCommit);
        Messages = new(Database);
        var types = new MessageTypes(typeof(Call).Assembly);
        Runtime = new(Messages, types, new MessageHandlers(types, [Calls]), GroupCommit, Signals, NullLogger<MessageRuntime>.Instance);
    }

    public LedgerDatabase Database { get; }
    public GroupCommit GroupCommit { get; }
    public StreamLoader Loader { get; }
    public CommandHandler Commands { get; }
    public EventFeed Feed { get; }
    public ProcessSignals Signals { get; }
    public MessageTable Messages { get; }
    public MessageRuntime Runtime { get; }
    public CallHandler Calls { get; } = new();

    public static async Task<LedgerProcess> Start() => new(await TestCluster.NewDatabase(WithSchema));

    /// <summary>Another process on the same database: nothing in memory is shared.</summary>
    public LedgerProcess Another() => new(Database.ConnectionString);

    /// <summary>Begins to work on messages.</summary>
    public void Work() => working = Runtime.Run(stop.Token);

    public PolicyRunner Policies(params IReadOnlyList<IPolicy> policies) => new(Database, Feed, GroupCommit, Signals, policies, NullLogger<PolicyRunner>.Instance);

    /// <summary>Sends messages in one commit, as what follows from one thing.</summary>
    public Task<CommitResult> Send(params IEnumerable<Send> sends) => GroupCommit.Commit(new(Tenant)
    {
        Sends = [.. sends.Select((send, i) => Outgoing.Derived(Guid.CreateVersion7(), $"{i}", Tenant, send, null, null))],
    });

    public Task Ring(Guid bell, string who) => Commands.Handle(new RingBell(bell, who), new CommandContext(Tenant, "test", "test", Now), CancellationToken.None);

    public async Task<int> Rings(Guid bell) => (await Loader.Load<Bell, BellEvent>(Tenant, Bell.Stream(bell), null, CancellationToken.None)).State.Rings;

    public async Task<long> Count(string sql) => Convert.ToInt64(await Sql($"select count(*) from {sql}"), CultureInfo.InvariantCulture);

    /// <summary>The first value.</summary>
    public async Task<object?> Sql(string sql)
    {
        await using var command = Database.Source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Waits until SQL says true.</summary>
    public async Task Until(string sql)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            if (await Sql($"select {sql}") is true) return;
            await Task.Delay(10);
        }

        throw new TimeoutException($"Never so: {sql}");
    }

    /// <summary>Takes no more messages, and waits for those that run.</summary>
    public async Task Rest()
    {
        await stop.CancelAsync();
        await working;
    }

    /// <summary>Takes no more messages and keeps none, as if it had died; what runs is not waited for.</summary>
    public Task Die() => stop.CancelAsync();

    /// <exception cref="TimeoutException">A handler waits for something that did not come: the test has failed before it let it go.</exception>
    public async ValueTask DisposeAsync()
    {
        await Rest().WaitAsync(TimeSpan.FromSeconds(60));
        await Signals.DisposeAsync();
        await Database.DisposeAsync();
        stop.Dispose();
    }

    private static async Task WithSchema(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, [typeof(GroupCommit).Assembly], CancellationToken.None);
    }
}
