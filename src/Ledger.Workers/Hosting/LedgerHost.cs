using Ledger.LocalPostgres;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Brokers;
using Ledger.Gateways.Post;

namespace Ledger.Workers.Hosting;

/// <summary>The database and the master keys that a process works with: given from outside, or private to it.</summary>
public sealed class LedgerHost : IAsyncDisposable
{
    private readonly PrivateCluster? cluster;

    private LedgerHost(string connectionString, MasterKeys master, PrivateCluster? cluster, string postDirectory) =>
        (ConnectionString, Master, this.cluster, PostDirectory) = (connectionString, master, cluster, postDirectory);

    public string ConnectionString { get; }

    /// <inheritdoc cref="LedgerSettings.DirectDatabase"/>
    public string? DirectConnectionString { get; init; }

    /// <summary>The database, for as long as the caller keeps it.</summary>
    public LedgerDatabase Connect() => new(ConnectionString, DirectConnectionString);

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
        new(connectionString, master, null, postDirectory ?? Path.Combine(Path.GetTempPath(), $"ledger-mail-{Environment.ProcessId}")) { Hosts = hosts, Broker = broker };

    /// <param name="mayVisit">Whether a private cluster that another program runs may be used beside it.</param>
    /// <param name="tell">Told in one line what was done for a database.</param>
    public static async Task<LedgerHost> Open(LedgerSettings settings, bool mayVisit, Action<string> tell, CancellationToken ct)
    {
        var post = Path.Combine(settings.Directory, "mail");
        var master = settings.MasterKeys();
        if (settings.Database is { } given)
        {
            tell("Using the database of LEDGER_DATABASE.");
            return new(given, master, null, post) { DirectConnectionString = settings.DirectDatabase, Hosts = settings.Hosts, SendsAnywhere = settings.SendsAnywhere, Broker = settings.Broker, Post = settings.Post };
        }

        var options = new PrivateClusterOptions { Directory = Path.Combine(settings.Directory, "postgres"), Log = tell };
        try
        {
            var cluster = await PrivateCluster.Start(options, ct);
            tell(cluster.Summary);
            return new(cluster.ConnectionString, master, cluster, post) { Hosts = settings.Hosts, SendsAnywhere = settings.SendsAnywhere, Broker = settings.Broker, Post = settings.Post };
        }
        catch (ClusterTakenException) when (mayVisit)
        {
            return new(await PrivateCluster.Visit(options, ct), master, null, post) { Hosts = settings.Hosts, SendsAnywhere = settings.SendsAnywhere, Broker = settings.Broker, Post = settings.Post };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.DisposeAsync();
    }
}
