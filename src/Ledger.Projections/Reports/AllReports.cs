namespace Ledger.Projections.Reports;

/// <summary>Every report. What each is made of stands in <c>docs/reports.md</c>.</summary>
public static class AllReports
{
    public static IReadOnlyList<ReportKind> All { get; } =
    [
        Of<ReportOf<AgingLine>, InvoiceReports>("receivables-aging", "getReceivablesAgingReport", "What is open on invoices, by how long it has been due.",
            async (of, report, ct) => At(of, await report.Aging(of.Tenant, of.Day, of.Time, ct))),
        Of<ReportOf<TaxLine>, InvoiceReports>("tax", "getTaxReport", "Tax by rate and month, less what was voided and credited.",
            async (of, report, ct) => Over(of, await report.Tax(of.Tenant, of.Period, ct))),
        Of<ReportOf<DocumentLine>, InvoiceReports>("documents", "getDocumentsReport", "Invoices issued, voided, credited and written off, by month.",
            async (of, report, ct) => Over(of, await report.Documents(of.Tenant, of.Period, ct))),
        Of<ReportOf<DocumentLine>, InvoiceReports>("refunds", "getRefundsReport", "Refunds by what happened to them, by month.",
            async (of, report, ct) => Over(of, await report.Refunds(of.Tenant, of.Period, ct))),
        Of<ReportOf<RevenueMonth>, BookReports>("revenue", "getRevenueReport", "What was earned month by month, and what is deferred at its end.",
            async (of, report, ct) => Over(of, await report.Revenue(of.Tenant, of.Period, ct))),
        Of<ReportOf<LiabilityLine>, BookReports>("liabilities", "getLiabilitiesReport", "What we owe: balances, classes, points, service that is paid for, tax.",
            async (of, report, ct) => At(of, await report.Liabilities(of.Tenant, of.Day, of.Time, ct))),
        Of<MrrResponse, MrrReport>("mrr", "getMrrReport", "Monthly and yearly recurring revenue of all running subscriptions, per currency.",
            async (of, report, ct) => new(await report.Read(of.Tenant, of.Time, ct), of.Period.AsOf)),
        Of<ReportOf<MrrMonth>, MrrReport>("mrr-movements", "getMrrMovementsReport", "How recurring revenue moved, month by month: new, expansion, contraction, churn, reactivation.",
            async (of, report, ct) => Over(of, await report.Movements(of.Tenant, of.Period, ct))),
        Of<ChurnFigures, ChurnReport>("churn", "getChurnReport", "Who left in a period: subscriptions, customers, revenue.",
            (of, report, ct) => report.Read(of.Tenant, of.Period, ct)),
        Of<ReportOf<CohortMonth>, CohortReport>("cohorts", "getCohortReport", "Customers by the month in which they began: how many stay, and what they are worth.",
            async (of, report, ct) => Over(of, await report.Read(of.Tenant, of.Period, ct))),
        Of<FailedPayments, PaymentReports>("failed-payments", "getFailedPaymentsReport", "Payments that failed and were not paid since, by reason.",
            (of, report, ct) => report.Failed(of.Tenant, of.Period, ct)),
        Of<SuccessRate, PaymentReports>("payment-success-rate", "getPaymentSuccessRateReport", "Captured of captured and failed payments; the first attempts by themselves.",
            (of, report, ct) => report.Success(of.Tenant, of.Period, ct)),
        Of<Recovery, PaymentReports>("dunning-recovery", "getDunningRecoveryReport", "What became of the chases that began in a period.",
            (of, report, ct) => report.Recovered(of.Tenant, of.Period, ct)),
        Of<PortalStats, StatsReports>("portal-stats", "getPortalStats", "How customers use the portal, in the last 30 days.",
            (of, report, ct) => report.Portal(of.Tenant, of.Time, of.Period.Now, ct)),
        Of<MerchantStats, StatsReports>("merchant-stats", "getMerchantStats", "Orders, payments and refunds of all time.",
            (of, report, ct) => report.Merchant(of.Tenant, of.Time, ct)),
    ];

    private static ReportKind<TAnswer, TReport> Of<TAnswer, TReport>(
        string name, string operation, string summary, Func<ReportWanted, TReport, CancellationToken, Task<TAnswer>> read)
        where TAnswer : notnull where TReport : notnull => new(name, operation, summary, read);

    private static ReportOf<TLine> Over<TLine>(ReportWanted of, IReadOnlyList<TLine> lines) where TLine : notnull =>
        new(lines, of.Period.AsOf, of.Period.From, of.Period.To);

    private static ReportOf<TLine> At<TLine>(ReportWanted of, IReadOnlyList<TLine> lines) where TLine : notnull => new(lines, of.Period.AsOf);
}
