using System.Globalization;

namespace Ledger.LocalPostgres;

/// <summary>The right to run a cluster, held by one living program at a time. The kernel takes it back when the program
/// ends, however it ends.</summary>
internal sealed class ClusterLock : IDisposable
{
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    /// <exception cref="ClusterUnavailableException">Another program has it, or the directory is another user's.
    /// </exception>
    public static ClusterLock Take(ClusterHome home)
    {
        // Whoever holds the lock is written beside it, because the locked file itself cannot be read.
        var holder = Path.Combine(home.Path, "owner");
        try
        {
            var file = new FileStream(
                Path.Combine(home.Path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch (UnauthorizedAccessException foreign)
        {
            throw new ClusterUnavailableException($"{home.Path} belongs to another user.", foreign);
        }
        catch (IOException held)
        {
            var who = File.Exists(holder) ? $" (process {File.ReadAllText(holder)})" : "";
            throw new ClusterTakenException(
                $"Another ledger{who} runs the cluster in {home.Path}. Stop it, or run this one in another directory, "
                + "or let both use one server: LEDGER_DATABASE.",
                held);
        }
    }

    public void Dispose() => _file.Dispose();
}
