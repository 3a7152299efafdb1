namespace Ledger.EventStore.Verification;

/// <summary>The first findings by position, however many there are.</summary>
internal sealed class FindingList
{
    /// <summary>How many are told.</summary>
    public const int ToldMax = 20;

    /// <summary>How many are looked at closely, to tell what was moved from what was altered.</summary>
    private const int KeptMax = 100;

    private readonly SortedSet<Finding> kept = new(Comparer<Finding>.Create(Compare));

    public long InAll { get; private set; }

    public IReadOnlyCollection<Finding> Kept => kept;

    public IReadOnlyList<Finding> Told => [.. kept.Take(ToldMax)];

    public void Add(Finding finding)
    {
        InAll++;
        _ = kept.Add(finding);
        if (kept.Count > KeptMax) _ = kept.Remove(kept.Max!);
    }

    public void Replace(Finding old, Finding better)
    {
        _ = kept.Remove(old);
        _ = kept.Add(better);
    }

    private static int Compare(Finding one, Finding other)
    {
        var order = (one.Position ?? long.MaxValue).CompareTo(other.Position ?? long.MaxValue);
        if (order == 0) order = one.Kind.CompareTo(other.Kind);
        if (order == 0) order = Nullable.Compare(one.Stream, other.Stream);
        return order == 0 ? string.CompareOrdinal(one.Detail, other.Detail) : order;
    }
}
