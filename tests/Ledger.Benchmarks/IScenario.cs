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
/// <param name="Unit">What the value counts: s, events/s, MB.</param>
/// <param name="Baseline">The same of what it is compared to, in the same run; null where there is nothing to compare to.</param>
/// <param name="Ratio">The least that value / baseline should be.</param>
/// <param name="MostRatio">The most that value / baseline should be.</param>
/// <param name="Most">The most that the value should be.</param>
/// <param name="Least">The least that the value should be.</param>
internal sealed record Figure(
    string What, double Value, string Unit, double? Baseline = null, double? Ratio = null, double? MostRatio = null, double? Most = null, double? Least = null)
{
    public double? Measured => Value / Baseline;

    public bool IsMet => !(Measured < Ratio) && !(Measured > MostRatio) && !(Value > Most) && !(Value < Least);
}
