using System.CommandLine;
using System.Diagnostics;
using Ledger.Application.Billing;

namespace Ledger.Cli;

/// <summary><c>ledger clock</c>: moves a sandbox tenant's clock, and lets all that falls due on the way happen.</summary>
internal static class ClockCommand
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<Func<DateTimeZone, Instant>?> To = Asked.Moment("--to", "Where to; a date is the start of that day in the tenant's zone.");

    public static Command Create()
    {
        To.Required = true;
        return new LedgerCommand(
            "clock", "Move a sandbox tenant's clock forward. It stops wherever something is due, and goes on when that is done.",
            "ledger clock --tenant Telco --to 2026-02-20T12:00:00Z", "ledger clock --tenant Telco --to 2026-02-21") { Tenant, To }.Runs(Run);
    }

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.AllWork, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "clock", ct);
        var took = Stopwatch.StartNew();
        var (id, rejection) = await ledger.Get<ClockAdvanceStart>().Request(tenant, asked.GetValue(To)!(tenant.Zone), context, ct);
        RefusedException.ThrowIf(rejection);
        var advance = await Screen.Progress("Moving the clock", progress => Completed(ledger, context.Tenant, id, progress, ct));
        Screen.Figures([("clock", advance.At.ToString()), ("stops", $"{advance.Stops:N0}"), ("seconds", $"{took.Elapsed.TotalSeconds:F1}")]);
    }

    /// <summary>Waits until the clock is there, whichever process moves it.</summary>
    internal static async Task<ClockAdvance.Known> Completed(
        OpenLedger ledger, string tenant, ClockAdvanceId id, IProgress<Done> progress, CancellationToken ct)
    {
        var (states, signals) = (ledger.Get<StateReader>(), ledger.Get<ProcessSignals>());
        while (true)
        {
            var next = signals.Log.Next;
            if (await states.Of<ClockAdvance, ClockAdvanceEvent>(tenant, id.Stream, ct) is ClockAdvance.Known known)
            {
                progress.Report(new((known.At - known.From).TotalHours, (known.To - known.From).TotalHours, $"{known.At}, {known.Stops} stops"));
                if (known.IsCompleted) return known;
            }

            await Task.WhenAll(LogSignal.Wait(next, LookAgain, ct), Task.Delay(20, ct));
        }
    }
}
