using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>What is owed to us, what was invoiced, and its tax.</summary>
public sealed class InvoiceReports(FigureSums figures)
{
    /// <summary>What is open, by how long it has been due.</summary>
    /// <param name="today">The day by which it is late; the last day on which it is paid in time is not late.</param>
    public async Task<List<AgingLine>> Aging(string tenant, LocalDate today, ReportTime time, CancellationToken ct) =>
    [
        .. (await figures.Of(tenant, [Measure.Receivable], time.All, Bucket.All, null, ct)).GroupBy(sum => sum.Commodity).Select(currency =>
        {
            AgedAmount Late(int from, int to)
            {
                var sums = currency.Where(sum => Period.DaysBetween(Dimensions.Read(sum.Dimension).Day, today) is var days && days >= from && days <= to).ToList();
                return new(sums.Sum(sum => sum.Count), new(sums.Sum(sum => sum.Amount), Currency.Parse(currency.Key)));
            }

            return new AgingLine(Late(int.MinValue, 0), Late(1, 30), Late(31, 60), Late(61, 90), Late(91, int.MaxValue), Late(int.MinValue, int.MaxValue));
        }),
    ];

    /// <summary>Tax by rate: of invoices, less what was voided and credited, on the day of each document.</summary>
    public async Task<List<TaxLine>> Tax(string tenant, ReportPeriod period, CancellationToken ct) =>
    [
        .. (await figures.Of(tenant, [Measure.Tax, Measure.Taxable], period.Within, Bucket.Month, null, ct))
            .GroupBy(sum => (sum.On, sum.Dimension, sum.Commodity)).OrderBy(one => one.Key.On).ThenBy(one => one.Key.Dimension, StringComparer.Ordinal)
            .Select(rate => new TaxLine(
                MonthName.Of(rate.Key.On!.Value), rate.Key.Dimension,
                Amount(rate, Measure.Taxable), Amount(rate, Measure.Tax))),
    ];

    /// <summary>Documents of a period, and what they come to.</summary>
    public async Task<List<DocumentLine>> Documents(string tenant, ReportPeriod period, CancellationToken ct) =>
    [
        .. (await figures.Of(tenant, [Measure.Invoiced], period.Within, Bucket.Month, null, ct))
            .Select(sum => new DocumentLine(MonthName.Of(sum.On!.Value), sum.Dimension, sum.Count, new(sum.Amount, Currency.Parse(sum.Commodity)))),
    ];

    /// <summary>Refunds of a period, by what happened to them in it.</summary>
    public async Task<List<DocumentLine>> Refunds(string tenant, ReportPeriod period, CancellationToken ct) =>
    [
        .. (await figures.Of(tenant, [Measure.Refunds], period.Within, Bucket.Month, null, ct))
            .Select(sum => new DocumentLine(MonthName.Of(sum.On!.Value), sum.Dimension, sum.Count, new(sum.Amount, Currency.Parse(sum.Commodity)))),
    ];

    private static Money Amount(IGrouping<(LocalDate?, string, string Commodity), FigureSum> rate, string measure) =>
        new(rate.Where(sum => sum.Measure == measure).Sum(sum => sum.Amount), Currency.Parse(rate.Key.Commodity));
}

/// <summary>What is open in one currency, by how many days it is past due.</summary>
/// <param name="NotDue">Due today or later.</param>
public sealed record AgingLine(AgedAmount NotDue, AgedAmount Days1To30, AgedAmount Days31To60, AgedAmount Days61To90, AgedAmount Over90Days, AgedAmount Total);

public sealed record AgedAmount(long Invoices, Money Amount);

/// <param name="Month">As <c>2026-01</c>.</param>
/// <param name="Rate">As a share of one: <c>0.24</c>.</param>
/// <param name="Taxable">What it was worked out on.</param>
public sealed record TaxLine(string Month, string Rate, Money Taxable, Money Tax);

/// <param name="Kind">What happened.</param>
public sealed record DocumentLine(string Month, string Kind, long Count, Money Amount);
