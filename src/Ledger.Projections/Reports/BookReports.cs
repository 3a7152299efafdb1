using Ledger.Domain.Accounting;
using Ledger.Projections.Accounting;

namespace Ledger.Projections.Reports;

/// <summary>What the journal says of revenue and of what we owe customers.</summary>
public sealed class BookReports(TrialBalance balances)
{
    /// <summary>What was earned month by month, and what is paid or invoiced for days to come at its end.</summary>
    public async Task<List<RevenueMonth>> Revenue(string tenant, ReportPeriod period, CancellationToken ct)
    {
        var months = new List<RevenueMonth>();
        var ends = EndsOfMonths(period).ToList();
        var held = await On(tenant, [period.From.PlusDays(-1), .. ends], period.Time, ct);
        foreach (var (i, last) in ends.Index())
        {
            var (before, after) = (held[i], held[i + 1]);
            foreach (var currency in after.Select(line => line.Commodity).Where(IsMoney).Distinct().Order(StringComparer.Ordinal))
            {
                Money Earned(string account) => Balance(before, account, currency) - Balance(after, account, currency);
                months.Add(new(
                    MonthName.Of(last), Earned(Account.Revenue), Earned(Account.Discounts), Earned(Account.Refunds),
                    Earned(Account.Revenue) + Earned(Account.Discounts) + Earned(Account.Refunds), Balance(after, Account.DeferredRevenue, currency).Times(-1)));
            }
        }

        return months;
    }

    /// <summary>What customers have with us: balances, classes, points, and service that is paid for.</summary>
    public async Task<List<LiabilityLine>> Liabilities(string tenant, LocalDate day, ReportTime time, CancellationToken ct) =>
    [
        .. (await On(tenant, [day], time, ct))[0]
            .Where(line => line.Account is Account.CustomerBalances or Account.ClassCredits or Account.LoyaltyPoints or Account.DeferredRevenue or Account.Tax)
            .Select(line => new LiabilityLine(
                line.Account, line.Commodity, -line.Balance, IsMoney(line.Commodity) ? new Money(-line.Balance, Currency.Parse(line.Commodity)) : null)),
    ];

    private Task<IReadOnlyList<List<AccountLine>>> On(string tenant, IReadOnlyList<LocalDate> days, ReportTime time, CancellationToken ct) =>
        balances.OnDays(tenant, days, time.AsOf, time.Position, ct);

    /// <summary>The last days of the months of a period, and its own.</summary>
    private static IEnumerable<LocalDate> EndsOfMonths(ReportPeriod period)
    {
        var last = period.From.With(DateAdjusters.EndOfMonth);
        for (; last < period.To; last = last.PlusMonths(1).With(DateAdjusters.EndOfMonth)) yield return last;
        yield return period.To;
    }

    private static bool IsMoney(string commodity) => commodity.Length == 3;

    private static Money Balance(List<AccountLine> lines, string account, string currency) =>
        new(lines.Where(line => line.Account == account && line.Commodity == currency).Sum(line => line.Balance), Currency.Parse(currency));
}

/// <param name="Revenue">Earned in the month, before discounts.</param>
/// <param name="Discounts">Below zero.</param>
/// <param name="Refunds">Taken back; below zero.</param>
/// <param name="Net">All three.</param>
/// <param name="Deferred">For days to come, when the month ended.</param>
public sealed record RevenueMonth(string Month, Money Revenue, Money Discounts, Money Refunds, Money Net, Money Deferred);

/// <param name="Quantity">In the commodity's smallest part.</param>
/// <param name="Amount">Absent for what is not money.</param>
public sealed record LiabilityLine(string Account, string Commodity, long Quantity, Money? Amount);
