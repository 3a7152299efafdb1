using System.Collections.Immutable;
using Ledger.Domain.Amounts;
using Ledger.Projections;
using Ledger.Projections.Customers;
using Ledger.Projections.Reports;
using Ledger.Projections.Subscriptions;

namespace Ledger.Application.Importing;

/// <summary>What a tenant has, or how that has changed.</summary>
/// <param name="Running">Subscriptions that earn: active, past due, in error.</param>
/// <param name="Ended">Subscriptions that were cancelled or have expired.</param>
/// <param name="Mrr">Of those running, in minor units, by currency; no currency with nothing.</param>
public sealed record TenantFigures(long Customers, long Running, long Ended, ImmutableSortedDictionary<string, long> Mrr)
{
    private static readonly PageWanted OnlyTotal = new(1, After: null, Offset: 0, WithTotal: true);

    private static readonly string[] EndedStatuses = ["cancelled", "expired"];

    public static TenantFigures Nothing { get; } = new(0, 0, 0, ImmutableSortedDictionary<string, long>.Empty.WithComparers(StringComparer.Ordinal));

    public static TenantFigures operator +(TenantFigures a, TenantFigures b) => new(
        a.Customers + b.Customers, a.Running + b.Running, a.Ended + b.Ended,
        b.Mrr.Aggregate(a.Mrr, (sum, one) => With(sum, one.Key, sum.GetValueOrDefault(one.Key) + one.Value)));

    public static TenantFigures operator -(TenantFigures a, TenantFigures b) => a + new TenantFigures(
        -b.Customers, -b.Running, -b.Ended, b.Mrr.Aggregate(b.Mrr, (all, one) => all.SetItem(one.Key, -one.Value)));

    /// <summary>A monthly amount alone.</summary>
    public static TenantFigures Of(Money mrr) => Nothing with { Mrr = With(Nothing.Mrr, mrr.Currency.Code, mrr.Amount) };

    public bool Equals(TenantFigures? other) => other is not null && Customers == other.Customers && Running == other.Running
        && Ended == other.Ended && Mrr.SequenceEqual(other.Mrr);

    public override int GetHashCode() => HashCode.Combine(Customers, Running, Ended, Mrr.Count);

    /// <summary>As the views have it.</summary>
    public static async Task<TenantFigures> Read(Listing listing, MrrReport report, string tenant, CancellationToken ct)
    {
        var customers = await listing.Read<CustomerRow>(tenant, "customers", OnlyTotal, [], row => row.CreatedPosition, ct);
        var ended = await listing.Read<SubscriptionRow>(
            tenant, "subscriptions", OnlyTotal, [("status = any({0})", EndedStatuses)], row => row.CreatedPosition, ct);
        var mrr = await report.Read(tenant, ReportTime.Latest, ct);
        return new(customers.Total!.Value, mrr.Sum(line => line.Subscriptions), ended.Total!.Value,
            mrr.Aggregate(Nothing.Mrr, (sum, line) => With(sum, line.Mrr.Currency.Code, line.Mrr.Amount)));
    }

    private static ImmutableSortedDictionary<string, long> With(ImmutableSortedDictionary<string, long> mrr, string currency, long amount) =>
        amount == 0 ? mrr.Remove(currency) : mrr.SetItem(currency, amount);
}
