namespace Ledger.Workers.Billing;

/// <summary>When a tenant is billed by itself.</summary>
public static class DailyBilling
{
    /// <summary>Source: the billing policy, "daily at 06:00 tenant time".</summary>
    private static readonly LocalTime Time = new(6, 0);

    public static Instant InstantOn(LocalDate day, DateTimeZone zone) => BusinessTime.InstantOf(day, Time, zone);
}
