using System.Diagnostics;

namespace Ledger.LocalPostgres;

/// <summary>What a program that ran to its end left behind.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Runs a program to its end and collects what it wrote. Cancelling ends it, and whatever it
    /// started.</summary>
    /// <param name="user">Whom to run it as; null for ourselves. Only root may choose.</param>
    /// <exception cref="ClusterUnavailableException">The program is not on this machine.</exception>
    public static async Task<ChildProcess> Run(
        string? user, string program, IEnumerable<string> arguments, CancellationToken ct = default)
    {
        using var process = Begin(Describe(user, program, arguments, collect: true));
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var errors = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts a program that outlives us: in a session of its own, so that Ctrl-C in our terminal does not
    /// reach it, and with a file for what it writes. The process id stays the program's own.</summary>
    public static int StartDetached(string? user, string log, string program, IEnumerable<string> arguments)
    {
        const string intoFile = """exec setsid "$@" </dev/null >>"$0" 2>&1""";
        using var process = Begin(Describe(user, "sh", ["-c", intoFile, log, program, .. arguments], collect: false));
        return process.Id;
    }

    private static ProcessStartInfo Describe(
        string? user, string program, IEnumerable<string> arguments, bool collect)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            // Our own working directory may be one that the other user cannot enter.
            WorkingDirectory = "/",
            RedirectStandardInput = collect,
            RedirectStandardOutput = collect,
            RedirectStandardError = collect,
        };
        if (user is not null)
        {
            info.UserName = user;
        }

        // A library version or a locale of ours is no business of the server's.
        foreach (var name in info.Environment.Keys.Where(name =>
                     name.StartsWith("PG", StringComparison.Ordinal)
                     || name.StartsWith("LC_", StringComparison.Ordinal)).ToArray())
        {
            info.Environment.Remove(name);
        }

        info.Environment["LC_ALL"] = "C";
        return info;
    }

    private static Process Begin(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception notStarted)
        {
            throw new ClusterUnavailableException($"Cannot run {info.FileName}: {notStarted.Message}.", notStarted);
        }
    }
}
