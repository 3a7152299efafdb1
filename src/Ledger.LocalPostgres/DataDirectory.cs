namespace Ledger.LocalPostgres;

/// <summary>Brings the data directory into being. It is there whole or not at all, whenever we are killed.</summary>
internal static class DataDirectory
{
    /// <summary>UTF-8 everywhere, sorted by code point, with page checksums.</summary>
    private static readonly string[] Locales = ["C.UTF-8", "C"];

    private const string UnfinishedPrefix = "data.new";

    private static readonly string[] Careful = [];

    private static readonly string[] Hasty = ["--no-sync"];

    /// <param name="durable">Whether to wait until it is on disk.</param>
    public static async Task Create(ClusterHome home, PostgresBinaries binaries, bool durable, CancellationToken ct)
    {
        ThrowAwayUnfinished(home);

        // A name of its own, because the initdb of a killed program may still be writing to the last one.
        var unfinished = Path.Combine(home.Path, UnfinishedPrefix + Guid.NewGuid().ToString("N"));
        ChildProcess? made = null;
        foreach (var locale in Locales)
        {
            made = await home.User.Run(
                binaries.Initdb,
                [
                    "-D", unfinished, "-U", "postgres", "-E", "UTF8", $"--locale={locale}",
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
                $"initdb could not make {unfinished}: {(made?.Errors + made?.Output).Trim()}");
        }

        // Whoever gets as far as the socket is the server's user or root: the directory's mode sees to that.
        await File.WriteAllTextAsync(Path.Combine(unfinished, "pg_hba.conf"), "local all all trust\n", ct);
        Directory.Move(unfinished, home.Data);
        ThrowAwayUnfinished(home);
        if (durable)
        {
            await ChildProcess.Run(null, "sync", [Path.Combine(home.Data, "pg_hba.conf"), home.Data, home.Path], ct);
        }
    }

    private static void ThrowAwayUnfinished(ClusterHome home)
    {
        foreach (var left in Directory.GetDirectories(home.Path, UnfinishedPrefix + "*"))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                // Somebody still writes to it: an initdb that now fails, and removes the rest itself.
            }
        }
    }
}
