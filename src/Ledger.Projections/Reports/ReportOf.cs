namespace Ledger.Projections.Reports;

/// <summary>A report of several lines.</summary>
/// <param name="From">The first day it is of; absent where it is of a moment.</param>
/// <param name="To">The last day.</param>
/// <param name="AsOf">What was true by then is in it.</param>
public sealed record ReportOf<TLine>(IReadOnlyList<TLine> Data, Instant AsOf, LocalDate? From = null, LocalDate? To = null) : ITabularReport
    where TLine : notnull
{
    IEnumerable<object> ITabularReport.Rows => Data.Cast<object>();
}

/// <param name="Currencies">One line for each currency.</param>
public sealed record MrrResponse(IReadOnlyList<MrrLine> Currencies, Instant AsOf) : ITabularReport
{
    IEnumerable<object> ITabularReport.Rows => Currencies;
}
