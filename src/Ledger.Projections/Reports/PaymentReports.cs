using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>How the payments of a period went: those whose first attempt was in it, as they stand.</summary>
/// <remarks>Captured is what was once captured, refunded or not. Source: rules G-01, C-P8.</remarks>
public sealed class PaymentReports(FigureSums figures)
{
    /// <summary>Captured of captured and failed; the first attempts by themselves.</summary>
    public async Task<SuccessRate> Success(string tenant, ReportPeriod period, CancellationToken ct)
    {
        var sums = await Begun(tenant, [Measure.Payments, Measure.FirstAttempts], period, ct);
        var (captured, failed) = (Count(sums, Measure.Payments, "captured"), Count(sums, Measure.Payments, "failed"));
        var (first, firstFailed) = (Count(sums, Measure.FirstAttempts, "captured"), Count(sums, Measure.FirstAttempts, "failed"));
        return new(period.From, period.To, captured, failed, Percent.Of(captured, captured + failed), first, firstFailed, Percent.Of(first, first + firstFailed), period.AsOf);
    }

    /// <summary>Those that have failed and were not paid since, by why the last attempt failed.</summary>
    public async Task<FailedPayments> Failed(string tenant, ReportPeriod period, CancellationToken ct)
    {
        var sums = (await Begun(tenant, [Measure.Payments], period, ct)).Where(sum => IsOf(sum, "failed")).ToList();
        return new(
            period.From, period.To, sums.Sum(sum => sum.Count), Moneys.Of(sums),
            [
                .. sums.GroupBy(sum => (Code: Dimensions.Read(sum.Dimension).Kind["failed ".Length..], sum.Commodity))
                    .OrderByDescending(code => code.Sum(sum => sum.Count)).ThenBy(code => code.Key.Code, StringComparer.Ordinal)
                    .Select(code => new FailureReason(code.Key.Code, code.Sum(sum => sum.Count), new(code.Sum(sum => sum.Amount), Currency.Parse(code.Key.Commodity)))),
            ], period.AsOf);
    }

    /// <summary>What became of the chases that began in a period.</summary>
    public async Task<Recovery> Recovered(string tenant, ReportPeriod period, CancellationToken ct)
    {
        var sums = await Begun(tenant, [Measure.Chases], period, ct);
        var (open, recovered, lost) = (Count(sums, Measure.Chases, "open"), Count(sums, Measure.Chases, "recovered"), Count(sums, Measure.Chases, "lost"));
        return new(
            period.From, period.To, open + recovered + lost, open, recovered, lost, Percent.Of(recovered, recovered + lost),
            [
                .. sums.GroupBy(sum => sum.Commodity).OrderBy(one => one.Key, StringComparer.Ordinal).Select(currency => new RecoveredMoney(
                    Amount(currency, "open"), Amount(currency, "recovered"), Amount(currency, "lost"))),
            ], period.AsOf);
    }

    private async Task<List<FigureSum>> Begun(string tenant, string[] measures, ReportPeriod period, CancellationToken ct) =>
        await figures.Of(tenant, measures, period.Time.All, Bucket.All, period.Days, ct);

    private static bool IsOf(FigureSum sum, string kind) => Dimensions.Read(sum.Dimension).Kind.Split(' ')[0] == kind;

    private static long Count(List<FigureSum> sums, string measure, string kind) =>
        sums.Where(sum => sum.Measure == measure && IsOf(sum, kind)).Sum(sum => sum.Count);

    private static Money Amount(IGrouping<string, FigureSum> currency, string kind) =>
        new(currency.Where(sum => IsOf(sum, kind)).Sum(sum => sum.Amount), Currency.Parse(currency.Key));
}

internal static class Moneys
{
    /// <summary>The amounts per currency.</summary>
    public static IReadOnlyList<Money> Of(IEnumerable<FigureSum> sums) =>
    [
        .. sums.Where(sum => sum.Commodity.Length > 0).GroupBy(sum => sum.Commodity).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(currency => new Money(currency.Sum(sum => sum.Amount), Currency.Parse(currency.Key))),
    ];
}

/// <param name="Rate">In percent.</param>
/// <param name="FirstAttemptRate">Of first attempts that ended, those that were captured; in percent.</param>
public sealed record SuccessRate(
    LocalDate From, LocalDate To, long Captured, long Failed, decimal Rate, long FirstAttemptsCaptured, long FirstAttemptsFailed, decimal FirstAttemptRate, Instant AsOf);

public sealed record FailedPayments(
    LocalDate From, LocalDate To, long Count, IReadOnlyList<Money> Amounts, IReadOnlyList<FailureReason> Reasons, Instant AsOf) : ITabularReport
{
    IEnumerable<object> ITabularReport.Rows => Reasons;
}

/// <param name="Code">Of the last attempt.</param>
public sealed record FailureReason(string Code, long Count, Money Amount);

/// <param name="Rate">Recovered of those that are over, in percent.</param>
public sealed record Recovery(
    LocalDate From, LocalDate To, long Begun, long Open, long Recovered, long Lost, decimal Rate, IReadOnlyList<RecoveredMoney> Amounts, Instant AsOf);

/// <summary>What was unpaid when the chases began.</summary>
public sealed record RecoveredMoney(Money Open, Money Recovered, Money Lost);
