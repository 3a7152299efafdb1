namespace Ledger.EventStore.Commits;

/// <summary>Says whether to try what may fail as a whole, or to go the longer way that cannot: after each failure for longer.</summary>
internal sealed class Caution
{
    private const int Least = 16, Most = 1024;
    private int next = Least, left;

    /// <summary>False while it is still too soon.</summary>
    public bool Allows()
    {
        if (left == 0) return true;
        left--;
        return false;
    }

    /// <summary>It was tried, and went well.</summary>
    public void Went() => next = Math.Max(Least, next / 2);

    /// <summary>It was tried, and failed.</summary>
    public void Failed()
    {
        left = next;
        next = Math.Min(Most, next * 2);
    }
}
