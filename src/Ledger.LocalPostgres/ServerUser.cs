namespace Ledger.LocalPostgres;

/// <summary>Who the server runs as. PostgreSQL refuses root, so root lends it another user.</summary>
/// <param name="Name">Null when it runs as whoever runs us.</param>
internal sealed record ServerUser(string? Name)
{
    private static readonly string[] Preferred = ["postgres", "nobody", "ledger"];

    /// <summary>Whoever owns what is already in <paramref name="home"/>; otherwise the first of our preferred users
    /// that exists, made if none does.</summary>
    public static async Task<ServerUser> Choose(string home, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new((string?)null);
        }

        var owner = await ChildProcess.Run(null, "stat", ["-c", "%U", home], ct);
        if (owner.Succeeded && owner.Output.Trim() is not ("root" or "UNKNOWN") and var name)
        {
            return new(name);
        }

        return new(Preferred.FirstOrDefault(Exists) ?? await Make(Preferred[^1], ct));
    }

    /// <summary>Runs a program to its end as this user.</summary>
    public Task<ChildProcess> Run(string program, IEnumerable<string> arguments, CancellationToken ct) =>
        ChildProcess.Run(Name, program, arguments, ct);

    /// <summary>Whether this user can enter a directory, whatever lies above it.</summary>
    public async Task<bool> Enters(string directory, CancellationToken ct) =>
        (await Run("sh", ["-c", """cd "$1" """, "sh", directory], ct)).Succeeded;

    private static bool Exists(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static async Task<string> Make(string name, CancellationToken ct)
    {
        var made = await ChildProcess.Run(
            null, "useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name], ct);
        return made.Succeeded
            ? name
            : throw new ClusterUnavailableException(
                $"PostgreSQL refuses to run as root, and the user {name} could not be made: {made.Errors.Trim()}");
    }
}
