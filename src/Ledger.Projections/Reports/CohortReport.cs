using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>Of the customers who began in a month: how many still have a running subscription at the end of each month since, and what they are worth.</summary>
public sealed class CohortReport(FigureSums figures)
{
    public async Task<List<CohortMonth>> Read(string tenant, ReportPeriod period, CancellationToken ct)
    {
        (string, string) cohorts = (MonthName.Of(period.From), MonthName.Of(period.To));
        var sums = await figures.Of(tenant, [Measure.Cohorts], period.ToItsEnd, Bucket.Month, cohorts, ct);
        var months = new List<CohortMonth>();
        foreach (var cohort in sums.GroupBy(sum => (sum.Dimension, sum.Commodity)).OrderBy(one => one.Key.Dimension, StringComparer.Ordinal).ThenBy(one => one.Key.Commodity, StringComparer.Ordinal))
        {
            var (customers, worth, began) = (0L, 0L, 0L);
            var first = cohort.Min(sum => sum.On!.Value);
            for (var (month, age) = (first, 0); month <= period.To; (month, age) = (month.PlusMonths(1), age + 1))
            {
                foreach (var sum in cohort.Where(sum => sum.On == month)) (customers, worth) = (customers + sum.Count, worth + sum.Amount);
                if (age == 0) began = customers;
                months.Add(new(cohort.Key.Dimension, MonthName.Of(month), age, customers, Percent.Of(customers, began), new(worth, Currency.Parse(cohort.Key.Commodity))));
            }
        }

        return months;
    }
}

/// <param name="Cohort">The month in which they began, as <c>2026-01</c>.</param>
/// <param name="Age">Months since then; 0 is the first.</param>
/// <param name="Customers">With a running subscription when the month ended.</param>
/// <param name="Retained">Of those who were there when the first month ended, in percent.</param>
public sealed record CohortMonth(string Cohort, string Month, int Age, long Customers, decimal Retained, Money Mrr);
