using System.Diagnostics;
using System.Globalization;

namespace Ledger.Testing;

/// <summary>A directory under <c>/tmp</c> that is gone when this process is, killed or not, with every server and program that
/// was started in it.</summary>
public sealed class TestDirectory : IDisposable
{
    private const string Prefix = "ledger-test-";

    /// <summary>Waits until nobody can write to its input any more, which is when we are dead; then ends the programs that
    /// work in the directory and the servers, and removes it.</summary>
    private const string CleanUp =
        """
        read -r _
        for cwd in $(find /proc -mindepth 2 -maxdepth 2 -name cwd -lname "$0" 2>/dev/null); do
          pid=${cwd#/proc/}
          kill -KILL "${pid%/cwd}" 2>/dev/null
        done
        for file in "$0"/data/postmaster.pid "$0"/*/data/postmaster.pid "$0"/*/*/data/postmaster.pid; do
          pid=$(head -n 1 "$file" 2>/dev/null) || continue
          kill -QUIT "$pid" 2>/dev/null
          for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null && sleep 0.1; done
        done
        rm -rf "$0"
        """;

    private static int _count;

    private readonly Process _cleanUp;

    /// <summary>Removes on the way what a machine that went down left behind.</summary>
    public TestDirectory()
    {
        foreach (var left in Directory.GetDirectories("/tmp", Prefix + "*"))
        {
            var pid = System.IO.Path.GetFileName(left)[Prefix.Length..].Split('-')[0];
            if (!Directory.Exists("/proc/" + pid))
            {
                using var sweep = StartCleanUp(left);
                sweep.StandardInput.Close();
            }
        }

        Path = string.Create(
            CultureInfo.InvariantCulture,
            $"/tmp/{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        _cleanUp = StartCleanUp(Path);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose()
    {
        _cleanUp.StandardInput.Close();
        _cleanUp.WaitForExit(TimeSpan.FromSeconds(10));
        _cleanUp.Dispose();
    }

    private static Process StartCleanUp(string directory) =>
        Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", CleanUp, directory])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
}
