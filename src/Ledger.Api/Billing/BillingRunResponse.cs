using Ledger.Domain.Amounts;
using Ledger.Domain.Billing;

namespace Ledger.Api.Billing;

/// <summary>A billing run on the wire.</summary>
/// <param name="Status">running or completed.</param>
/// <param name="Charges">Attempts that were answered; absent while it runs, as all figures.</param>
/// <param name="CapturedTotals">What was captured, per currency.</param>
public sealed record BillingRunResponse(
    BillingRunId Id, LocalDate AsOfDate, string Status, long? Invoices, long? Charges, long? Captured, long? Failed, IReadOnlyList<Money>? CapturedTotals)
{
    /// <summary>What each date came to, where it went over several; the figures above are their sum.</summary>
    public IReadOnlyList<BilledDay>? Days { get; init; }

    public static BillingRunResponse From(BillingRun.Known run) => new(
        run.Id, run.AsOfDate, run.Result is null ? "running" : "completed", run.Result?.Invoices, run.Result?.Charges, run.Result?.Captured,
        run.Result?.Failed, run.Result?.CapturedTotals)
    {
        Days = run.Result?.Days,
    };
}
