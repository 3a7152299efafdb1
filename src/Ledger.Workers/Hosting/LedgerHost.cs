using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Brokers;
using Ledger.Gateways.Post;
using Ledger.LocalPostgres;

namespace Ledger.Workers.Hosting;

/// <summary>The database and the master keys that a process works with: given from outside, or private to it.</summary>
public sealed class LedgerHost : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<(string ConnectionString, PrivateCluster? Cluster)>> start;
    private string? connectionString;
    private PrivateCluster? cluster;

    private LedgerHost(Func<CancellationToken, Task<(string, PrivateCluster?)>> start, MasterKeys master, string postDirectory) =>
        (this.start, Master, PostDirectory) = (start, master, postDirectory);

    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public string ConnectionString => connectionString ?? throw new InvalidOperationException("The database is asked for before it was started.");

    public MasterKeys Master { get; }

    /// <summary>Where mail and SMS go as files, while nothing else is said.</summary>
    public string PostDirectory { get; }

    /// <summary>The platform's own host names, which no tenant can take.</summary>
    public IReadOnlyList<string> Hosts { get; private init; } = [];

    /// <summary>How mail and SMS leave otherwise.</summary>
    public PostSettings Post { get; init; } = new(null, null);

    /// <inheritdoc cref="LedgerSettings.SendsAnywhere"/>
    public bool SendsAnywhere { get; private init; }

    /// <inheritdoc cref="LedgerSettings.Broker"/>
    public BrokerSettings? Broker { get; private init; }

    /// <summary>A database and keys that somebody else looks after.</summary>
    public static LedgerHost Over(string connectionString, MasterKeys master, string? postDirectory = null, BrokerSettings? broker = null, params IReadOnlyList<string> hosts) =>
        new(_ => Task.FromResult((connectionString, default(PrivateCluster))), master, postDirectory ?? Path.Combine(Path.GetTempPath(), $"ledger-mail-{Environment.ProcessId}"))
        {
            Hosts = hosts, Broker = broker, connectionString = connectionString,
        };

    /// <summary>What the settings say. Nothing is started yet.</summary>
    /// <param name="mayVisit">Whether a private cluster that another program runs may be used beside it.</param>
    /// <param name="tell">Told in one line what was done for a database.</param>
    public static LedgerHost Of(LedgerSettings settings, bool mayVisit, Action<string> tell) =>
        new(ct => Start(settings, mayVisit, tell, ct), settings.MasterKeys(), Path.Combine(settings.Directory, "mail"))
        {
            Hosts = settings.Hosts, SendsAnywhere = settings.SendsAnywhere, Broker = settings.Broker, Post = settings.Post,
        };

    /// <summary>The same, started.</summary>
    public static async Task<LedgerHost> Open(LedgerSettings settings, bool mayVisit, Action<string> tell, CancellationToken ct)
    {
        var host = Of(settings, mayVisit, tell);
        await host.Start(ct);
        return host;
    }

    /// <summary>Starts the private cluster, unless there is another database. Once it has started, again does nothing.</summary>
    public async Task Start(CancellationToken ct)
    {
        if (connectionString is null) (connectionString, cluster) = await start(ct);
    }

    private static async Task<(string, PrivateCluster?)> Start(LedgerSettings settings, bool mayVisit, Action<string> tell, CancellationToken ct)
    {
        if (settings.Database is { } given)
        {
            tell("Using the database of LEDGER_DATABASE.");
            return (given, null);
        }

        var options = new PrivateClusterOptions { Directory = Path.Combine(settings.Directory, "postgres"), Log = tell };
        try
        {
            var cluster = await PrivateCluster.Start(options, ct);
            tell(cluster.Summary);
            return (cluster.ConnectionString, cluster);
        }
        catch (ClusterTakenException) when (mayVisit) { return (await PrivateCluster.Visit(options, ct), null); }
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
