using System.Runtime.InteropServices;

namespace Ledger.Api;

/// <summary>Lets the program be stopped by SIGINT however it was started.</summary>
/// <remarks>
/// A shell without job control starts what it puts into the background with SIGINT ignored, and the runtime leaves an ignored signal as it is.
/// Whoever sends it to a server means it.
/// </remarks>
internal static class Interrupts
{
    private const int Sigint = 2;
    private const nint Default = 0;

    /// <summary>To be called first of all, before the runtime looks at its signals.</summary>
    public static void Heed()
    {
        if (OperatingSystem.IsLinux()) _ = Signal(Sigint, Default);
    }

    [DllImport("libc", EntryPoint = "signal"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int signal, nint handler);
}
