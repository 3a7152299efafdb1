using System.Text.RegularExpressions;

namespace Ledger.LocalPostgres;

/// <summary>One installation of the PostgreSQL server.</summary>
/// <param name="Directory">Holds <c>initdb</c> and <c>postgres</c>.</param>
/// <param name="Version">As the server says it: <c>15.14</c>.</param>
internal sealed partial record PostgresBinaries(string Directory, string Version)
{
    public const int MajorMin = 15;

    public string Initdb => Path.Combine(Directory, "initdb");

    public string Postgres => Path.Combine(Directory, "postgres");

    public int Major => int.Parse(
        MajorPattern().Match(Version).Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every usable installation, the preferred one first. Installs Debian's when there is none and we may.
    /// </summary>
    /// <exception cref="ClusterUnavailableException">None, and we cannot install one.</exception>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAll(
        string? chosen, Action<string> log, CancellationToken ct)
    {
        chosen ??= Environment.GetEnvironmentVariable("LEDGER_POSTGRES_BIN");
        if (!string.IsNullOrEmpty(chosen))
        {
            return await Inspect(Path.GetFullPath(chosen), ct) is { } only
                ? [only]
                : throw new ClusterUnavailableException(
                    $"{chosen} does not hold initdb and postgres of PostgreSQL {MajorMin} or newer.");
        }

        var found = await InspectAll(ct);
        if (found.Count == 0 && DebianPackage.CanBeInstalled)
        {
            await DebianPackage.Install(log, ct);
            found = await InspectAll(ct);
        }

        return found.Count > 0
            ? found
            : throw new ClusterUnavailableException(
                $"No PostgreSQL server is installed here. Install PostgreSQL {MajorMin} or newer "
                + "(Debian, Ubuntu: apt-get install postgresql), or name its bin directory in LEDGER_POSTGRES_BIN, "
                + "or name a running server in LEDGER_DATABASE.");
    }

    /// <summary>The installation that can open data of a major version; the preferred one for new data.</summary>
    public static PostgresBinaries Fitting(IReadOnlyList<PostgresBinaries> installed, int? dataMajor, string data) =>
        dataMajor is null
            ? installed[0]
            : installed.FirstOrDefault(one => one.Major == dataMajor)
              ?? throw new ClusterUnavailableException(
                  $"{data} was written by PostgreSQL {dataMajor}, and only "
                  + $"{string.Join(", ", installed.Select(one => one.Version))} is installed here. "
                  + $"Install PostgreSQL {dataMajor}, or upgrade the data with pg_upgrade.");

    private static async Task<List<PostgresBinaries>> InspectAll(CancellationToken ct)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in Candidates().Distinct())
        {
            if (await Inspect(directory, ct) is { } usable)
            {
                found.Add(usable);
            }
        }

        return found;
    }

    private static IEnumerable<string> Candidates()
    {
        const string debian = "/usr/lib/postgresql";
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var versions = System.IO.Directory.Exists(debian) ? System.IO.Directory.GetDirectories(debian) : [];
        return path
            .Where(Path.IsPathRooted)
            .Concat(versions
                .Where(version => int.TryParse(Path.GetFileName(version), out _))
                .OrderByDescending(version => int.Parse(
                    Path.GetFileName(version), System.Globalization.CultureInfo.InvariantCulture))
                .Select(version => Path.Combine(version, "bin")))
            .Append("/usr/local/pgsql/bin");
    }

    private static async Task<PostgresBinaries?> Inspect(string directory, CancellationToken ct)
    {
        var binaries = new PostgresBinaries(directory, "");
        if (!File.Exists(binaries.Initdb) || !File.Exists(binaries.Postgres))
        {
            return null;
        }

        try
        {
            var said = await ChildProcess.Run(null, binaries.Postgres, ["--version"], ct);
            var version = VersionPattern().Match(said.Output);
            return version.Success && (binaries with { Version = version.Value }).Major >= MajorMin
                ? binaries with { Version = version.Value }
                : null;
        }
        catch (ClusterUnavailableException)
        {
            // A link to an installation that is gone.
            return null;
        }
    }

    [GeneratedRegex(@"\d+[\w.]*")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^\d+")]
    private static partial Regex MajorPattern();
}
