using System.Globalization;

namespace Ledger.LocalPostgres;

/// <summary>The processes of the server that work in one data directory, with or without a postmaster above them.</summary>
internal static class ServerProcesses
{
    /// <summary>How long children may take to notice by themselves that their postmaster is gone.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Their ids. The server changes into its data directory, and so do all its children.</summary>
    public static async Task<IReadOnlyList<int>> In(ClusterHome home, CancellationToken ct)
    {
        // Asked as the server's user: even root may not look into other users' processes in a container.
        const string workingHere =
            """
            for p in /proc/[0-9]*; do
              [ "$p/cwd" -ef "$1" ] && read -r name <"$p/comm" && [ "$name" = postgres ] && echo "${p#/proc/}"
            done 2>/dev/null
            exit 0
            """;
        var said = await home.User.Run("sh", ["-c", workingHere, "sh", home.Data], ct);
        return [.. said.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
    }

    /// <summary>Ends what a killed postmaster left running, because a new one refuses to start beside it, and takes
    /// away its pid file and the lock of its socket, whose number may be another process's by now, or its own while
    /// nobody has reaped it. Call only when no postmaster lives.</summary>
    public static async Task EndLeftovers(ClusterHome home, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; await In(home, ct) is { Count: > 0 } left; waited += Glance)
        {
            if (waited >= Grace)
            {
                foreach (var pid in left)
                {
                    Postmaster.Send(pid, waited < 2 * Grace ? Signal.Quit : Signal.Kill);
                }
            }

            await Task.Delay(Glance, ct);
        }

        File.Delete(home.PidFile);
        if (Directory.Exists(home.Sockets))
        {
            File.Delete(home.SocketLock);
        }
    }
}
