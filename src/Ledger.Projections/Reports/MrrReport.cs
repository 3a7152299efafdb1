using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>Monthly recurring revenue: what all running subscriptions are worth a month, per currency; and how it moved.</summary>
/// <remarks>
/// Running is active, past due and in error. A price charged otherwise than monthly counts for its share of a month. Source: rule G-01.
/// </remarks>
public sealed class MrrReport(FigureSums figures)
{
    private const int MonthsInYear = 12;

    public async Task<List<MrrLine>> Read(string tenant, ReportTime time, CancellationToken ct) =>
    [
        .. (await figures.Of(tenant, [Measure.Mrr], time.All, Bucket.All, null, ct)).GroupBy(sum => sum.Commodity)
            .Select(currency => (Money: Amount(currency, currency.Key), Count: currency.Sum(sum => sum.Count)))
            .Where(line => line.Count != 0 || line.Money.Amount != 0)
            .Select(line => new MrrLine(line.Money, line.Money.Times(MonthsInYear), line.Count)),
    ];

    /// <summary>How it moved from month to month: each month begins with what the one before ended with.</summary>
    public async Task<List<MrrMonth>> Movements(string tenant, ReportPeriod period, CancellationToken ct)
    {
        var before = await figures.Of(tenant, [Measure.Mrr], period.Before, Bucket.All, null, ct);
        var within = await figures.Of(tenant, [Measure.Mrr], period.Within, Bucket.Month, null, ct);
        var months = new List<MrrMonth>();
        foreach (var currency in before.Concat(within).Select(sum => sum.Commodity).Distinct().Order(StringComparer.Ordinal))
        {
            var open = Amount(before.Where(sum => sum.Commodity == currency), currency);
            for (var month = StartOfMonth(period.From); month <= period.To; month = month.PlusMonths(1))
            {
                var moved = within.Where(sum => sum.Commodity == currency && StartOfMonth(sum.On!.Value) == month).ToList();
                Money Of(string kind) => Amount(moved.Where(sum => sum.Dimension == kind), currency);
                var close = open + Amount(moved, currency);
                months.Add(new(
                    MonthName.Of(month), open, Of("new"), Of("expansion"), Of("contraction"), Of("churn"), Of("reactivation"), close,
                    moved.Sum(sum => sum.Count)));
                open = close;
            }
        }

        return months;
    }

    private static LocalDate StartOfMonth(LocalDate day) => new(day.Year, day.Month, 1);

    private static Money Amount(IEnumerable<FigureSum> sums, string currency) => new(sums.Sum(sum => sum.Amount), Currency.Parse(currency));
}

/// <param name="Arr">Twelve times the monthly.</param>
/// <param name="Subscriptions">How many run.</param>
public sealed record MrrLine(Money Mrr, Money Arr, long Subscriptions);

/// <summary>A month's movements; opening and all of them come to the closing.</summary>
/// <param name="Month">As <c>2026-01</c>.</param>
/// <param name="New">Of subscriptions that ran for the first time.</param>
/// <param name="Contraction">Below zero.</param>
/// <param name="Churn">Of those that ceased to run: ended or paused. Below zero.</param>
/// <param name="Reactivation">Of those that ran again.</param>
/// <param name="Subscriptions">By how many more run.</param>
public sealed record MrrMonth(
    string Month, Money Opening, Money New, Money Expansion, Money Contraction, Money Churn, Money Reactivation, Money Closing, long Subscriptions);
