namespace Ledger.EventStore.Cluster;

/// <summary>Brings the data directory into being. It is there whole or not at all, whenever we are killed.</summary>
internal static class DataDirectory
{
    /// <summary>UTF-8 everywhere, sorted by code point, with page checksums.</summary>
    private static readonly string[] Locales = ["C.UTF-8", "C"];

    private static readonly string[] Careful = [];

    private static readonly string[] Hasty = ["--no-sync"];

    /// <param name="durable">Whether to wait until it is on disk.</param>
    public static async Task Create(ClusterHome home, PostgresBinaries binaries, bool durable, CancellationToken ct)
    {
        ChildProcess? made = null;
        foreach (var locale in Locales)
        {
            if (Directory.Exists(home.UnfinishedData))
            {
                Directory.Delete(home.UnfinishedData, recursive: true);
            }

            made = await home.User.Run(
                binaries.Initdb,
                [
                    "-D", home.UnfinishedData, "-U", "postgres", "-E", "UTF8", $"--locale={locale}",
                    "--auth=trust", "--data-checksums", "--no-instructions", .. durable ? Careful : Hasty,
                ],
                ct);
            if (made.Succeeded)
            {
                break;
            }
        }

        if (made is not { Succeeded: true })
        {
            throw new ClusterUnavailableException(
                $"initdb could not make {home.UnfinishedData}: {(made?.Errors + made?.Output).Trim()}");
        }

        // Whoever gets as far as the socket is the server's user or root: the directory's mode sees to that.
        await File.WriteAllTextAsync(Path.Combine(home.UnfinishedData, "pg_hba.conf"), "local all all trust\n", ct);
        Directory.Move(home.UnfinishedData, home.Data);
        if (durable)
        {
            await ChildProcess.Run(null, "sync", [Path.Combine(home.Data, "pg_hba.conf"), home.Data, home.Path], ct);
        }
    }
}
