using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>Who left in a period, of those who were there when it began.</summary>
/// <remarks>
/// A subscription leaves when it is cancelled or expires while it runs; a customer, when the last running subscription does. Source: rule G-01.
/// </remarks>
public sealed class ChurnReport(FigureSums figures)
{
    public async Task<ChurnFigures> Read(string tenant, ReportPeriod period, CancellationToken ct)
    {
        var before = await figures.Of(tenant, [Measure.Mrr, Measure.Customers], period.Before, Bucket.All, null, ct);
        var within = await figures.Of(tenant, [Measure.Churned, Measure.Customers], period.Within, Bucket.All, null, ct);
        var ended = within.Where(sum => sum.Measure == Measure.Churned).ToList();
        var (there, cancelled, expired) = (
            before.Where(sum => sum.Measure == Measure.Mrr).Sum(sum => sum.Count),
            ended.Where(sum => sum.Dimension == "cancelled").Sum(sum => sum.Count), ended.Where(sum => sum.Dimension == "expired").Sum(sum => sum.Count));
        var (customers, left) = (Count(before, "running"), Count(within, "churned"));
        return new(
            period.From, period.To, there, cancelled, expired, Percent.Of(cancelled + expired, there), customers, left, Percent.Of(left, customers),
            [
                .. before.Where(sum => sum.Measure == Measure.Mrr).Concat(ended).GroupBy(sum => sum.Commodity).OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(currency => Revenue(currency.Key, [.. currency])),
            ], period.AsOf);
    }

    private static ChurnedRevenue Revenue(string code, List<FigureSum> sums)
    {
        var (currency, there, lost) = (
            Currency.Parse(code), sums.Where(sum => sum.Measure == Measure.Mrr).Sum(sum => sum.Amount), sums.Where(sum => sum.Measure == Measure.Churned).Sum(sum => sum.Amount));
        return new(new(there, currency), new(lost, currency), Percent.Of(lost, there));
    }

    private static long Count(List<FigureSum> sums, string kind) =>
        sums.Where(sum => sum.Measure == Measure.Customers && sum.Dimension == kind).Sum(sum => sum.Count);
}

/// <param name="ActiveAtStart">Subscriptions that ran when the period began.</param>
/// <param name="Rate">Those that ended of those that ran, in percent.</param>
/// <param name="CustomersAtStart">With a running subscription.</param>
/// <param name="CustomersLeft">Whose last running subscription ended.</param>
/// <param name="Revenue">What that was worth a month, per currency.</param>
public sealed record ChurnFigures(
    LocalDate From, LocalDate To, long ActiveAtStart, long Cancelled, long Expired, decimal Rate, long CustomersAtStart, long CustomersLeft,
    decimal CustomerRate, IReadOnlyList<ChurnedRevenue> Revenue, Instant AsOf);

/// <param name="Rate">In percent.</param>
public sealed record ChurnedRevenue(Money MrrAtStart, Money Churned, decimal Rate);
