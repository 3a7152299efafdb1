using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>How a portal, a merchant and the platform are doing.</summary>
/// <remarks>Source: rules REP-1, REP-2, REP-6, C-P8.</remarks>
public sealed class StatsReports(FigureSums figures, PortalSessions sessions)
{
    private static readonly Duration Window = Duration.FromDays(30);
    private static readonly string[] OfMerchants = [Measure.Orders, Measure.Payments, Measure.Refunds];

    public async Task<PortalStats> Portal(string tenant, ReportTime time, Instant now, CancellationToken ct)
    {
        var until = time.End(now);
        var all = await figures.Of(tenant, [Measure.Customers, Measure.Loyalty], time.All, Bucket.All, null, ct);
        var recent = await figures.Of(tenant, [Measure.BookingsMade, Measure.PaymentsMade], new(until - Window, until, time.Position), Bucket.All, null, ct);
        var active = await sessions.Customers(tenant, until - Window, until, ct);
        var (customers, online, bookings) = (
            Count(all, Measure.Customers, "known"), Count(recent, Measure.BookingsMade, Measure.ByCustomer), Count(recent, Measure.BookingsMade, null));
        var (loyal, accounts) = (Count(all, Measure.Loyalty, "with_points"), Count(all, Measure.Loyalty, "accounts"));
        return new(
            "30 days", customers, active, Percent.Of(active, customers), online, bookings, Percent.Of(online, bookings),
            Count(recent, Measure.PaymentsMade, Measure.ByCustomer), loyal, accounts, Percent.Of(loyal, accounts));
    }

    public async Task<MerchantStats> Merchant(string tenant, ReportTime time, CancellationToken ct) =>
        Merchant(await figures.Of(tenant, OfMerchants, time.All, Bucket.All, null, ct));

    /// <param name="tenants">Whose figures they are.</param>
    public async Task<MerchantStats> Merchants(IReadOnlyCollection<string> tenants, ReportTime time, CancellationToken ct) =>
        Merchant(await figures.Together(tenants, OfMerchants, time.All, ct));

    /// <summary>What staff see first.</summary>
    public async Task<DashboardFigures> Dashboard(string tenant, ReportTime time, CancellationToken ct)
    {
        var sums = await figures.Of(
            tenant, [Measure.Customers, Measure.Subscriptions, Measure.Bookings, Measure.Mrr, Measure.Receivable, Measure.Refunds], time.All, Bucket.All, null, ct);
        var waiting = Count(sums, Measure.Refunds, "requested") - Count(sums, Measure.Refunds, "succeeded") - Count(sums, Measure.Refunds, "failed") - Count(sums, Measure.Refunds, "rejected");
        return new(
            Count(sums, Measure.Customers, "known"), sums.Where(sum => sum.Measure == Measure.Subscriptions).ToDictionary(sum => sum.Dimension, sum => sum.Count),
            Count(sums, Measure.Bookings, null), Count(sums, Measure.Bookings, "pending"), waiting,
            Moneys.Of(sums.Where(sum => sum.Measure == Measure.Mrr)), Moneys.Of(sums.Where(sum => sum.Measure == Measure.Receivable)));
    }

    private static MerchantStats Merchant(List<FigureSum> sums) => new(
        Count(sums, Measure.Orders, "created"), OfKind(sums, "captured"), Count(sums, Measure.Refunds, "succeeded"),
        OfKind(sums, "failed") + OfKind(sums, "cancelled"));

    private static long Count(List<FigureSum> sums, string measure, string? kind) =>
        sums.Where(sum => sum.Measure == measure && (kind is null || sum.Dimension == kind)).Sum(sum => sum.Count);

    private static long OfKind(List<FigureSum> sums, string kind) =>
        sums.Where(sum => sum.Measure == Measure.Payments && Dimensions.Read(sum.Dimension).Kind.Split(' ')[0] == kind).Sum(sum => sum.Count);
}

/// <param name="Period">What the bookings, payments and sessions are of.</param>
/// <param name="ActiveCustomers">Who opened the portal.</param>
/// <param name="AdoptionRate">In percent, as all rates here.</param>
/// <param name="OnlineBookings">Made by customers themselves.</param>
/// <param name="LoyaltyUsers">With points.</param>
public sealed record PortalStats(
    string Period, long TotalCustomers, long ActiveCustomers, decimal AdoptionRate, long OnlineBookings, long TotalBookings, decimal OnlineBookingRate,
    long OnlinePayments, long LoyaltyUsers, long TotalLoyaltyRecords, decimal LoyaltyEngagementRate);

/// <param name="SuccessfulPayments">Captured once, refunded or not.</param>
/// <param name="CanceledPayments">Failed or cancelled.</param>
public sealed record MerchantStats(long TotalOrders, long SuccessfulPayments, long SuccessfulRefunds, long CanceledPayments);

/// <param name="RefundsWaiting">Asked for, and not over.</param>
/// <param name="Mrr">Absent for who may not see reports about money, as what is open.</param>
/// <param name="Open">What is open on invoices, per currency.</param>
public sealed record DashboardFigures(
    long Customers, IReadOnlyDictionary<string, long> Subscriptions, long TotalBookings, long PendingBookings, long RefundsWaiting,
    IReadOnlyList<Money>? Mrr, IReadOnlyList<Money>? Open);
