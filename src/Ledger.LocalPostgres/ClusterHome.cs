using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Ledger.LocalPostgres;

/// <summary>Where everything of one cluster is. Only the server's user and root can enter it.</summary>
/// <param name="Path">The directory that holds the rest.</param>
/// <param name="Sockets">Where the server listens; elsewhere if the path is too long for a socket.</param>
/// <param name="User">Whom the files belong to.</param>
internal sealed partial record ClusterHome(string Path, string Sockets, ServerUser User)
{
    /// <summary>The kernel allows 107 bytes; the rest is for the lock file's suffix.</summary>
    private const int SocketPathBytesMax = 100;

    private const string Elsewhere = "/var/lib/ledger";

    public string Data => System.IO.Path.Combine(Path, "data");

    public string PidFile => System.IO.Path.Combine(Data, "postmaster.pid");

    public string SocketLock => System.IO.Path.Combine(Sockets, $".s.PGSQL.{ServerLaunch.Port}.lock");

    public string Log => System.IO.Path.Combine(Path, "server.log");

    /// <summary>The major version that wrote the data; null while there is none.</summary>
    public int? DataMajor =>
        File.Exists(System.IO.Path.Combine(Data, "PG_VERSION"))
            ? int.Parse(
                File.ReadAllText(System.IO.Path.Combine(Data, "PG_VERSION")),
                System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>Makes the directory, where it was asked for or, out of the server's reach, elsewhere. Starting again
    /// finds the same place: a symbolic link stays where the cluster was asked for.</summary>
    public static async Task<ClusterHome> Prepare(string directory, CancellationToken ct)
    {
        var asked = System.IO.Path.GetFullPath(directory);
        var parent = System.IO.Path.GetDirectoryName(asked)
                     ?? throw new ClusterUnavailableException($"A cluster cannot live in {asked}.");
        var path = new DirectoryInfo(asked).LinkTarget is { } link ? System.IO.Path.GetFullPath(link, parent) : asked;
        try
        {
            var user = await ServerUser.Choose(path, ct);
            Directory.CreateDirectory(parent);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (!await user.Enters(System.IO.Path.GetDirectoryName(path)!, ct))
            {
                path = await GoElsewhere(asked, ct);
                user = await ServerUser.Choose(path, ct);
            }

            await MakeDirectory(path, user.Name is null ? ["-m", "0700"] : ["-m", "0700", "-o", user.Name], ct);
            return new(path, SocketsFor(path), user);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ClusterUnavailableException($"A cluster cannot live in {path}: {refused.Message}", refused);
        }
    }

    /// <summary>Makes the directory the server listens in, which a reboot may have taken away.</summary>
    /// <exception cref="ClusterUnavailableException">Somebody else made it: they could listen in our place.</exception>
    public async Task MakeSockets(CancellationToken ct)
    {
        await User.Run("mkdir", ["-m", "0700", Sockets], ct);
        const string isOurs = """[ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] && chmod 0700 "$1" """;
        if (!(await User.Run("sh", ["-c", isOurs, "sh", Sockets], ct)).Succeeded)
        {
            throw new ClusterUnavailableException($"{Sockets} is not ours. Remove it, or see who made it.");
        }
    }

    /// <summary>Takes the directory away once no server listens there. What is left of it does no harm.</summary>
    public void RemoveSockets()
    {
        try
        {
            Directory.Delete(Sockets);
        }
        catch (IOException)
        {
            // A server that had to be killed left its socket; the next one replaces it.
        }
    }

    private static async Task<string> GoElsewhere(string asked, CancellationToken ct)
    {
        if (Directory.Exists(asked))
        {
            if (Directory.EnumerateFileSystemEntries(asked).Any())
            {
                throw new ClusterUnavailableException(
                    $"{asked} has files in it, and the server's user cannot reach it: let others enter the "
                    + "directories above it (chmod o+x), or move it.");
            }

            Directory.Delete(asked);
        }

        await MakeDirectory(Elsewhere, ["-m", "0755"], ct);
        var path = System.IO.Path.Combine(Elsewhere, Digest(asked));
        if (new FileInfo(asked).LinkTarget is null)
        {
            File.CreateSymbolicLink(asked, path);
        }

        return path;
    }

    private static async Task MakeDirectory(string path, string[] how, CancellationToken ct)
    {
        var made = await ChildProcess.Run(null, "install", ["-d", .. how, path], ct);
        if (!made.Succeeded)
        {
            throw new ClusterUnavailableException($"A cluster cannot live in {path}: {made.Errors.Trim()}");
        }
    }

    private static string SocketsFor(string path)
    {
        var near = System.IO.Path.Combine(path, "run");
        var fits = Encoding.UTF8.GetByteCount(near + "/.s.PGSQL.5432") <= SocketPathBytesMax;

        // A comma separates hosts in a connection string and directories in the server's setting.
        return fits && PlainPath().IsMatch(near) ? near : "/tmp/ledger-" + Digest(path);
    }

    private static string Digest(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..16];

    [GeneratedRegex(@"^[\w/.+@-]+$")]
    private static partial Regex PlainPath();
}
