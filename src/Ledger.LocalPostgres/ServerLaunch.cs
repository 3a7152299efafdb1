using System.Globalization;

namespace Ledger.LocalPostgres;

/// <summary>Starts a server on data that nobody else has open.</summary>
/// <param name="Settings">Server settings by name; they win over those named here.</param>
internal sealed record ServerLaunch(
    ClusterHome Home, PostgresBinaries Binaries, IReadOnlyDictionary<string, string> Settings)
{
    public const int Port = 5432;

    private const long LogBytesMax = 10 * 1024 * 1024;

    private const int LogTailLines = 12;

    public bool Durable => Settings.GetValueOrDefault("fsync") is not ("off" or "false" or "no");

    /// <summary>The end of the server's log, for a message to a person.</summary>
    public string LogTail => File.Exists(Home.Log)
        ? string.Join('\n', File.ReadLines(Home.Log).TakeLast(LogTailLines))
        : "";

    /// <summary>The new server's first process; null if it was gone at once.</summary>
    public async Task<Postmaster?> Begin(CancellationToken ct)
    {
        await ServerProcesses.EndLeftovers(Home, ct);
        await Home.MakeSockets(ct);
        if (File.Exists(Home.Log) && new FileInfo(Home.Log).Length > LogBytesMax)
        {
            File.Move(Home.Log, Home.Log + ".old", overwrite: true);
        }

        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = Home.Sockets,
            ["unix_socket_permissions"] = "0700",
            ["max_connections"] = "200",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_destination"] = "stderr",
            ["logging_collector"] = "off",
        };
        foreach (var (name, value) in Settings)
        {
            settings[name] = value;
        }

        var pid = ChildProcess.StartDetached(
            Home.User.Name,
            Home.Log,
            Binaries.Postgres,
            ["-D", Home.Data, .. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })]);
        return Postmaster.At(pid);
    }
}
