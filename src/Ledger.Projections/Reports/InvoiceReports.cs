using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>What is owed to us, what was invoiced, and its tax.</summary>
public sealed class InvoiceReports(FigureSums figures)
{
    private static readonly (string Name, int From, int To)[] Stretches =
        [("not_due", int.MinValue, 0), ("1-30", 1, 30), ("31-60", 31, 60), ("61-90", 61, 90), ("over_90", 91, int.MaxValue), ("total", int.MinValue, int.MaxValue)];

    /// <summary>What is open, by how long it has been due: for each currency a line for each stretch of days, and one for all.</summary>
    /// <param name="today">The day by which it is late; the last day on which it is paid in time is not late.</param>
    public async Task<List<AgingLine>> Aging(string tenant, LocalDate today, ReportTime time, CancellationToken ct) =>
    [
        .. (await figures.Of(tenant, [Measure.Receivable], time.All, Bucket.All, null, ct)).GroupBy(sum => sum.Commodity)
            .SelectMany(currency => Stretches.Select(stretch =>
            {
                var late = currency.Where(sum => Period.DaysBetween(Dimensions.Read(sum.Dimension).Day, today) is var days && days >= stretch.From && days <= stretch.To).ToList();
                return new AgingLine(stretch.Name, late.Sum(sum => sum.Count), new(late.Sum(sum => sum.Amount), Currency.Parse(currency.Key)));
            })),
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

/// <param name="DaysLate"><c>not_due</c> for what is due today or later, a stretch of days, or <c>total</c>.</param>
/// <param name="Invoices">On how many.</param>
/// <param name="Amount">What is open on them.</param>
public sealed record AgingLine(string DaysLate, long Invoices, Money Amount);

/// <param name="Month">As <c>2026-01</c>.</param>
/// <param name="Rate">As a share of one: <c>0.24</c>.</param>
/// <param name="Taxable">What it was worked out on.</param>
public sealed record TaxLine(string Month, string Rate, Money Taxable, Money Tax);

/// <param name="Kind">What happened.</param>
public sealed record DocumentLine(string Month, string Kind, long Count, Money Amount);
