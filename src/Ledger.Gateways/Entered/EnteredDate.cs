using NodaTime;

namespace Ledger.Gateways.Entered;

/// <summary>Which dates are believed when somebody enters one. All others are taken for a slip of the hand.</summary>
public static class EnteredDate
{
    /// <summary>For a sentence: <c>a date from 1990-01-01 to 2200-12-31</c>.</summary>
    public const string Range = "from 1990-01-01 to 2200-12-31";

    private const int YearMin = 1990, YearMax = 2200;

    public static bool IsPossible(LocalDate date) => date.Year is >= YearMin and <= YearMax;
}
