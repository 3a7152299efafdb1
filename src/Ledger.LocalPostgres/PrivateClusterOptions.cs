namespace Ledger.LocalPostgres;

/// <summary>How a private cluster differs from the one that needs no options.</summary>
public sealed record PrivateClusterOptions
{
    /// <summary>Where the cluster should live; relative to the working directory. If the server's user cannot reach
    /// it, the files go to <c>/var/lib/ledger</c> and a symbolic link here says where.</summary>
    public string Directory { get; init; } = Path.Combine(".ledger", "postgres");

    /// <summary>Server settings by name, as in <c>postgresql.conf</c>; they win over the cluster's own.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The directory with <c>initdb</c> and <c>postgres</c>. Without it: <c>LEDGER_POSTGRES_BIN</c>, then
    /// <c>PATH</c>, then the newest under <c>/usr/lib/postgresql</c>.</summary>
    public string? Binaries { get; init; }

    /// <summary>Told one sentence whenever something happens that an operator may want to read. Called from any
    /// thread; must not throw.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>How long the server may take until it answers, crash recovery included.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromMinutes(10);
}
