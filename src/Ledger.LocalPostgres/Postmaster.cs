using System.Globalization;
using System.Runtime.InteropServices;

namespace Ledger.LocalPostgres;

/// <summary>The server's first process, told apart from a later one with the same id by when it began.</summary>
/// <param name="StartedTicks">Clock ticks since boot, from <c>/proc</c>.</param>
internal sealed record Postmaster(int Pid, long StartedTicks)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Dead for us as soon as it cannot run again, reaped by its parent or not.</summary>
    public bool IsAlive => ProcessStart.Of(Pid) == StartedTicks;

    /// <summary>The process with this id, if it is there.</summary>
    public static Postmaster? At(int pid) => ProcessStart.Of(pid) is { } started ? new(pid, started) : null;

    /// <summary>The one that its pid file names and that works in this data directory, or null.</summary>
    public static async Task<Postmaster?> Of(ClusterHome home, CancellationToken ct)
    {
        try
        {
            var pid = int.Parse((await File.ReadAllLinesAsync(home.PidFile, ct))[0], CultureInfo.InvariantCulture);
            return (await ServerProcesses.In(home, ct)).Contains(pid) ? At(pid) : null;
        }
        catch (Exception none) when (none is IOException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Stops it in good order: sessions end, what they had not committed is undone, the rest is on disk. One
    /// that takes longer than <paramref name="patience"/> is stopped as a crash would, which loses nothing
    /// committed either.</summary>
    public async Task Stop(TimeSpan patience)
    {
        foreach (var signal in new[] { Signal.Interrupt, Signal.Quit, Signal.Kill })
        {
            Send(Pid, signal);
            for (var waited = TimeSpan.Zero; IsAlive && waited < patience; waited += Glance)
            {
                await Task.Delay(Glance);
            }

            if (!IsAlive)
            {
                return;
            }
        }
    }

    /// <summary>Sends a signal; a process that is gone already is no failure.</summary>
    public static void Send(int pid, Signal signal) => _ = Kill(pid, (int)signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}

/// <summary>What the server understands: fast shutdown, immediate shutdown, and the kernel's own.</summary>
internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
}
