namespace Ledger.Domain.Time;

/// <summary>Which days each period of a subscription has.</summary>
/// <remarks>
/// Every date is counted from the anchor, never from the period before it: from 31 January come 28 February and 31
/// March. Periods follow one another without a gap. When the start is not an anchor date, the first period is a stub
/// that ends on the first one; its price is prorated by the full period that contains it. A date alone is an anchor.
/// </remarks>
public static class BillingCalendar
{
    /// <param name="index">0 for the first period.</param>
    public static BillingPeriod PeriodAt(BillingAnchor anchor, Frequency frequency, int index)
    {
        var full = FullPeriodAt(anchor, frequency, index);
        return new BillingPeriod(LocalDate.Max(anchor.Start, full.From), full.Until);
    }

    /// <summary>The same, but of full length even where it is a stub: what its price is for.</summary>
    /// <inheritdoc cref="PeriodAt"/>
    public static BillingPeriod FullPeriodAt(BillingAnchor anchor, Frequency frequency, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var step = anchor.StepOf(frequency, anchor.Start) + index;
        return new BillingPeriod(anchor.DateAt(frequency, step), anchor.DateAt(frequency, step + 1));
    }

    /// <summary>
    /// Which period a date falls into. Without a stub: how many whole periods have passed since the start.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The date is before the start.</exception>
    public static int IndexOf(BillingAnchor anchor, Frequency frequency, LocalDate date) =>
        date >= anchor.Start
            ? anchor.StepOf(frequency, date) - anchor.StepOf(frequency, anchor.Start)
            : throw new ArgumentOutOfRangeException(nameof(date), date, "No period begins before the start.");

    /// <inheritdoc cref="IndexOf"/>
    public static BillingPeriod PeriodContaining(BillingAnchor anchor, Frequency frequency, LocalDate date) =>
        PeriodAt(anchor, frequency, IndexOf(anchor, frequency, date));

    /// <summary>The denominator of every proration on that date.</summary>
    /// <inheritdoc cref="IndexOf"/>
    public static BillingPeriod FullPeriodContaining(BillingAnchor anchor, Frequency frequency, LocalDate date) =>
        FullPeriodAt(anchor, frequency, IndexOf(anchor, frequency, date));

    /// <summary>
    /// The next day, after <paramref name="date"/> itself, on which a period begins. Before the start: the start.
    /// </summary>
    public static LocalDate NextAfter(BillingAnchor anchor, Frequency frequency, LocalDate date) =>
        date < anchor.Start ? anchor.Start : PeriodContaining(anchor, frequency, date).Until;

    /// <summary>The first day, the start included, on which a period of full length begins.</summary>
    public static LocalDate FirstAnchorDate(BillingAnchor anchor, Frequency frequency)
    {
        var first = FullPeriodAt(anchor, frequency, 0);
        return first.From == anchor.Start ? first.From : first.Until;
    }
}
