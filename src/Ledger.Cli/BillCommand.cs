using System.CommandLine;
using System.Diagnostics;
using Ledger.Application.Billing;
using Ledger.Projections.Reports;

namespace Ledger.Cli;

/// <summary><c>ledger bill</c>: does all that is due for a tenant up to a day, and says what it came to.</summary>
internal static class BillCommand
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<LocalDate?> AsOf = Asked.Date("--as-of", "The last day that is billed. A sandbox clock moves there first. [default: today]");

    public static Command Create() => new LedgerCommand(
        "bill", "Do all that is due for a tenant: bill periods, charge cards, chase unpaid invoices. A period is billed once, however often this runs.",
        "ledger bill --tenant Telco --as-of 2026-01-31", "ledger bill --tenant Acme") { Tenant, AsOf }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.AllWork, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "bill", ct);
        var took = Stopwatch.StartNew();
        var (run, rejection) = await ledger.Get<BillingRunStart>().Request(tenant, asked.GetValue(AsOf), context, ct);
        RefusedException.ThrowIf(rejection);
        var result = await Screen.Progress("Billing", progress => Completed(ledger, context.Tenant, run, progress, ct));
        Screen.Figures(
        [
            ("billing run", run.Value.ToString()), ("invoices", $"{result.Invoices:N0}"), ("charges", $"{result.Charges:N0}"),
            ("captured", $"{result.Captured:N0}"), ("failed", $"{result.Failed:N0}"),
            .. result.CapturedTotals.Select(total => ($"captured {total.Currency}", total.ToDecimalString())),
            ("seconds", $"{took.Elapsed.TotalSeconds:F1}"),
        ]);
    }

    /// <summary>Waits for the end of a run, whichever process works on it.</summary>
    internal static async Task<BillingRunCompleted> Completed(
        OpenLedger ledger, string tenant, BillingRunId run, IProgress<Done> progress, CancellationToken ct)
    {
        var (states, signals) = (ledger.Get<StateReader>(), ledger.Get<ProcessSignals>());
        var looked = Stopwatch.StartNew();
        while (true)
        {
            var next = signals.Log.Next;
            if (await states.Of<BillingRun, BillingRunEvent>(tenant, run.Stream, ct) is BillingRun.Known { Result: { } result }) return result;
            if (looked.Elapsed > LookAgain)
            {
                var (invoices, captured, failed) = await ledger.Get<BillingRunFigures>().Counts(tenant, run.Value, ct);
                progress.Report(new(captured + failed, Math.Max(invoices, captured + failed), $"{invoices:N0} invoices, {captured:N0} captured, {failed:N0} failed"));
                looked.Restart();
            }

            await Task.WhenAll(LogSignal.Wait(next, LookAgain, ct), Task.Delay(20, ct));
        }
    }
}
