namespace Ledger.LocalPostgres;

/// <summary>From whatever state the last program left, to a server that answers.</summary>
internal static class ServerStart
{
    /// <summary>A server that was left running has nothing to recover: one that stays silent is no use.</summary>
    private static readonly TimeSpan AdoptWithin = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private const int AttemptsMax = 5;

    /// <returns>The server, and how it came to run, in words that follow "PostgreSQL 15".</returns>
    /// <exception cref="ClusterUnavailableException">It died at every attempt, or did not answer in time.</exception>
    public static async Task<(Postmaster Postmaster, string How)> Begin(
        ServerLaunch launch, TimeSpan readyWithin, CancellationToken ct)
    {
        var home = launch.Home;
        if (await Postmaster.Of(home, ct) is { } alive)
        {
            if (await ServerReady.Wait(home.Sockets, alive, AdoptWithin, ct))
            {
                await ClusterDatabase.Ensure(home.Sockets, ct);
                return (alive, "was still running and is adopted");
            }

            await alive.Stop(StopPatience);
        }

        var how = File.Exists(home.PidFile) ? "recovered after a crash" : "started";
        if (home.DataMajor is null)
        {
            await DataDirectory.Create(home, launch.Binaries, launch.Durable, ct);
            how = "created";
        }

        return (await Launch(launch, readyWithin, ct), how);
    }

    private static async Task<Postmaster> Launch(ServerLaunch launch, TimeSpan readyWithin, CancellationToken ct)
    {
        // A server can refuse for a moment after a kill, until the kernel has let go of what the dead one held.
        for (var attempt = 1; ; attempt++)
        {
            if (await launch.Begin(ct) is { } postmaster && await Settle(launch, postmaster, readyWithin, ct))
            {
                return postmaster;
            }

            if (attempt == AttemptsMax)
            {
                throw new ClusterUnavailableException(
                    $"PostgreSQL in {launch.Home.Path} does not start. Its log ends with:\n{launch.LogTail}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), ct);
        }
    }

    /// <summary>False if it died before it had the user and the database. A start given up leaves no server behind.
    /// </summary>
    private static async Task<bool> Settle(
        ServerLaunch launch, Postmaster postmaster, TimeSpan readyWithin, CancellationToken ct)
    {
        try
        {
            if (await ServerReady.Wait(launch.Home.Sockets, postmaster, readyWithin, ct))
            {
                await ClusterDatabase.Ensure(launch.Home.Sockets, ct);
                return true;
            }

            return !postmaster.IsAlive
                ? false
                : throw new ClusterUnavailableException(
                    $"PostgreSQL in {launch.Home.Path} did not answer within {readyWithin}. Its log ends with:\n"
                    + launch.LogTail);
        }
        catch
        {
            await postmaster.Stop(StopPatience);
            throw;
        }
    }
}
