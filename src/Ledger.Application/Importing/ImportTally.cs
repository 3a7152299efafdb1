namespace Ledger.Application.Importing;

/// <summary>Counts what an import comes to, while many rows are under way.</summary>
public sealed class ImportTally
{
    private readonly Lock gate = new();
    private readonly List<RefusedRow> refused = [];
    private long steps;

    /// <summary>How many steps are done, whatever became of the row: two for each.</summary>
    public long Steps => Interlocked.Read(ref steps);

    /// <summary>What the rows amount to, whether this import brought them in or an earlier one.</summary>
    public TenantFigures Total { get; private set; } = TenantFigures.Nothing;

    /// <summary>What this import has changed.</summary>
    public TenantFigures Change { get; private set; } = TenantFigures.Nothing;

    /// <summary>How many rows the ledger refused.</summary>
    public long Refusals { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<RefusedRow> Refused => refused;

    internal void Add(TenantFigures total, TenantFigures change)
    {
        lock (gate)
        {
            steps++;
            Total += total;
            Change += change;
        }
    }

    internal void Refuse(RefusedRow row)
    {
        lock (gate)
        {
            steps++;
            Refusals++;
            if (refused.Count < ImportSource.FaultsMax) refused.Add(row);
        }
    }
}

public sealed record RefusedRow(long Number, string ExternalId, Rejection Rejection);
