namespace Ledger.LocalPostgres;

/// <summary>Waits for a server to take connections.</summary>
internal static class ServerReady
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>True when it answered; false when it died or did not answer in time. Crash recovery counts as not yet
    /// answering.</summary>
    public static async Task<bool> Wait(string sockets, Postmaster postmaster, TimeSpan within, CancellationToken ct)
    {
        var address = ServerAddress.Of(sockets, ServerAddress.Superuser, "postgres", pooling: false);
        var since = TimeProvider.System.GetTimestamp();
        while (postmaster.IsAlive && TimeProvider.System.GetElapsedTime(since) < within)
        {
            try
            {
                await using var session = new NpgsqlConnection(address);
                await session.OpenAsync(ct);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(Glance, ct);
            }
        }

        return false;
    }
}
