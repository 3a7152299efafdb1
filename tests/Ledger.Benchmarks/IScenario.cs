namespace Ledger.Benchmarks;

/// <summary>Something that is measured, with what it is compared to, in one run.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>One line: what is done, and against what.</summary>
    string What { get; }

    Task<IReadOnlyList<Figure>> Run(CancellationToken ct);
}

/// <summary>One thing measured.</summary>
/// <param name="Unit">What the value counts: seconds, events/s, MB.</param>
/// <param name="Baseline">The same of what it is compared to, in the same run; null where there is nothing to compare to.</param>
/// <param name="Bound">The least ratio to the baseline, or the most of the value without one; null when it is only told.</param>
internal sealed record Figure(string What, double Value, string Unit, double? Baseline = null, double? Bound = null)
{
    public double? Ratio => Value / Baseline;

    /// <summary>Null when nothing is asked of it.</summary>
    public bool? IsMet => Bound is not { } bound ? null : Ratio is { } ratio ? ratio >= bound : Value <= bound;
}
