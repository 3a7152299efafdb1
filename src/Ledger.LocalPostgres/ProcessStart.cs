using System.Globalization;

namespace Ledger.LocalPostgres;

/// <summary>When a process began, in clock ticks since boot: with its id, a name that is never used twice.</summary>
internal static class ProcessStart
{
    /// <summary>Null for a process that is gone, or dead and not yet reaped.</summary>
    public static long? Of(int pid)
    {
        try
        {
            // The second field is the program's name in parentheses, and may itself contain spaces and parentheses.
            var status = File.ReadAllText($"/proc/{pid}/stat");
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
