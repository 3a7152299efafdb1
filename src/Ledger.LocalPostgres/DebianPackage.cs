namespace Ledger.LocalPostgres;

/// <summary>Debian's PostgreSQL, installed without a question and without starting a cluster of its own.</summary>
internal static class DebianPackage
{
    private const string Common = "/etc/postgresql-common";

    public static bool CanBeInstalled =>
        Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get") && File.Exists("/etc/debian_version");

    /// <exception cref="ClusterUnavailableException">apt-get failed; the message ends with what it said.</exception>
    public static async Task Install(Action<string> log, CancellationToken ct)
    {
        log("No PostgreSQL on this machine: installing Debian's package.");
        if (!Directory.Exists(Common))
        {
            // The package would make and start a cluster of its own, which nobody asked for.
            Directory.CreateDirectory(Path.Combine(Common, "createcluster.d"));
            await File.WriteAllTextAsync(
                Path.Combine(Common, "createcluster.d", "ledger.conf"), "create_main_cluster = false\n", ct);
        }

        await Apt(["update", "-q"], ct);
        await Apt(["install", "-q", "-y", "--no-install-recommends", "postgresql"], ct);
        log("Installed Debian's PostgreSQL.");
    }

    private static async Task Apt(string[] arguments, CancellationToken ct)
    {
        var done = await ChildProcess.Run(
            null, "env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", .. arguments], ct);
        if (!done.Succeeded)
        {
            throw new ClusterUnavailableException(
                $"Could not install PostgreSQL: apt-get {arguments[0]} said: {(done.Errors + done.Output).Trim()}");
        }
    }
}
