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

    /// <summary>The same by the calendar of a place: what begins or ends on a date that it skipped does so on the next.</summary>
    public DaysToBill In(DateTimeZone zone) => new(Of(Days, zone), Of(Full, zone));

    private static BillingPeriod Of(BillingPeriod days, DateTimeZone zone)
    {
        var (from, until) = (BusinessTime.Existing(days.From, zone), BusinessTime.Existing(days.Until, zone));
        return new(from, from < until ? until : BusinessTime.Existing(from.PlusDays(1), zone));
    }

    /// <summary>The part of a full period's price that these days cost, rounded once.</summary>
    public Money PartOf(Money price) => price.Prorate(Days, Full);
}
