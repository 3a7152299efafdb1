using System.Text.Json.Serialization;

namespace Ledger.Domain.Time;

/// <summary>
/// Where a row of billing periods is fixed in the calendar. It never moves, whatever month it passes.
/// </summary>
/// <param name="Start">The first day that is charged for.</param>
/// <param name="DayOfMonth">
/// The day on which months and years begin, from 1 to 31; null: the day of <paramref name="Start"/>. In a shorter
/// month it is the last day. Weeks and days always run from the start.
/// </param>
[method: JsonConstructor]
public readonly record struct BillingAnchor(LocalDate Start, int? DayOfMonth = null)
{
    public LocalDate Start { get; } = Start;

    public int? DayOfMonth { get; } = DayOfMonth is null or (>= 1 and <= 31)
        ? DayOfMonth
        : throw new ArgumentOutOfRangeException(nameof(DayOfMonth), DayOfMonth, "A day of the month is from 1 to 31.");

    public static implicit operator BillingAnchor(LocalDate start) => new(start);

    /// <summary>
    /// The anchor date so many periods after the one in the month of the start; before it, when below zero.
    /// </summary>
    internal LocalDate DateAt(Frequency frequency, int step) => frequency.Unit switch
    {
        FrequencyUnit.Day => Start.PlusDays(frequency.Count * step),
        FrequencyUnit.Week => Start.PlusWeeks(frequency.Count * step),
        FrequencyUnit.Month => InMonth(frequency.Count * step),
        FrequencyUnit.Year => InMonth(12 * frequency.Count * step),
        _ => throw new UnreachableException(),
    };

    /// <summary>The last step whose anchor date is not after <paramref name="date"/>.</summary>
    internal int StepOf(Frequency frequency, LocalDate date) => frequency.Unit switch
    {
        FrequencyUnit.Day => DivideDown(Period.DaysBetween(Start, date), frequency.Count),
        FrequencyUnit.Week => DivideDown(Period.DaysBetween(Start, date), 7 * frequency.Count),
        FrequencyUnit.Month => StepOfMonth(frequency, date, frequency.Count),
        FrequencyUnit.Year => StepOfMonth(frequency, date, 12 * frequency.Count),
        _ => throw new UnreachableException(),
    };

    private LocalDate InMonth(int monthsAfterStart)
    {
        var month = new LocalDate(Start.Year, Start.Month, 1).PlusMonths(monthsAfterStart);
        var length = month.Calendar.GetDaysInMonth(month.Year, month.Month);
        return month.PlusDays(Math.Min(DayOfMonth ?? Start.Day, length) - 1);
    }

    private int StepOfMonth(Frequency frequency, LocalDate date, int months)
    {
        var step = DivideDown(12 * (date.Year - Start.Year) + date.Month - Start.Month, months);
        return DateAt(frequency, step) <= date ? step : step - 1;
    }

    private static int DivideDown(int number, int by) => number / by - (number % by < 0 ? 1 : 0);
}
