namespace Ledger.LocalPostgres;

/// <summary>A PostgreSQL server of our own, made from the binaries on the machine, for as long as the program runs.
/// <para>It survives a kill of the program (the next start adopts the server), of the server (it is started again at the
/// same address, and only open sessions notice) and of both. What was committed is there afterwards.</para></summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly ClusterLock _lock;
    private readonly ClusterHome _home;
    private readonly ServerWatch _watch;
    private int _ended;

    private PrivateCluster(ClusterLock taken, ClusterHome home, ServerWatch watch, string summary)
    {
        _lock = taken;
        _home = home;
        _watch = watch;
        ConnectionString = ServerAddress.Of(home.Sockets, ServerAddress.Ledger, ServerAddress.Ledger);
        AdminConnectionString = ServerAddress.Of(home.Sockets, ServerAddress.Superuser, ServerAddress.Ledger);
        Summary = summary;
    }

    /// <summary>Npgsql's, for the user and the database <c>ledger</c>: the database's owner, no superuser. Stays the
    /// same when the server is started again.</summary>
    public string ConnectionString { get; }

    /// <summary>The superuser's, on the same database.</summary>
    public string AdminConnectionString { get; }

    /// <summary>One sentence that says what starting took, which version runs, where and as whom.</summary>
    public string Summary { get; }

    /// <summary>The server's first process, which changes when it is started again.</summary>
    internal int PostmasterPid => _watch.Current.Pid;

    /// <summary>Returns when the server answers and has the user and the database.</summary>
    /// <exception cref="ClusterUnavailableException">No binaries, another program has this cluster, or the server does
    /// not start; the message says what to do.</exception>
    public static async Task<PrivateCluster> Start(PrivateClusterOptions options, CancellationToken ct = default)
    {
        var installed = await PostgresBinaries.FindAll(options.Binaries, options.Log, ct);
        var home = await ClusterHome.Prepare(options.Directory, ct);
        var taken = ClusterLock.Take(home);
        try
        {
            var binaries = PostgresBinaries.Fitting(installed, home.DataMajor, home.Data);
            var launch = new ServerLaunch(home, binaries, options.Settings);
            var (postmaster, how) = await ServerStart.Begin(launch, options.ReadyWithin, ct);
            var summary = $"PostgreSQL {binaries.Version} {how} in {home.Path}"
                          + (home.User.Name is null ? "" : $", as user {home.User.Name}")
                          + $" (process {postmaster.Pid}).";
            return new(taken, home, new(launch, postmaster, options), summary);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>The connection string of a cluster that another living program runs, for a visit. Does not look whether it
    /// answers.</summary>
    public static async Task<string> Visit(PrivateClusterOptions options, CancellationToken ct = default) =>
        ServerAddress.Of((await ClusterHome.Prepare(options.Directory, ct)).Sockets, ServerAddress.Ledger, ServerAddress.Ledger);

    /// <summary>Stops the server, adopted or not, in good order. Once is enough; again does nothing.</summary>
    public async ValueTask DisposeAsync() => await LetGo(async postmaster =>
    {
        await postmaster.Stop(StopPatience);
        _home.RemoveSockets();
    });

    /// <summary>Lets go of a running server, as a killed program does.</summary>
    internal Task Abandon() => LetGo(_ => Task.CompletedTask);

    private async Task LetGo(Func<Postmaster, Task> last)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        await last(await _watch.End());
        _watch.Dispose();
        _lock.Dispose();
    }
}
