namespace Ledger.Domain.Subscriptions;

/// <summary>Days that are billed at one go, and the full period that the prices are for.</summary>
public sealed record DaysToBill(BillingPeriod Days, BillingPeriod Full)
{
    /// <summary>From a day to the end of the period around it, or to the end of service where that comes first.</summary>
    /// <param name="from">Not before the anchor.</param>
    /// <param name="endsOn">The first day without service; one that is not after <paramref name="from"/> shortens nothing.</param>
    public static DaysToBill From(BillingAnchor anchor, Frequency frequency, LocalDate from, LocalDate? endsOn)
    {
        var period = BillingCalendar.PeriodContaining(anchor, frequency, from);
        var until = endsOn is { } end && from < end && end < period.Until ? end : period.Until;
        return new(new(from, until), BillingCalendar.FullPeriodContaining(anchor, frequency, from));
    }

    /// <summary>The part of a full period's price that these days cost, rounded once.</summary>
    public Money PartOf(Money price) => price.Prorate(Days, Full);
}
