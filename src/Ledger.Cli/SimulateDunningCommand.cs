using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.Domain.Dunning;

namespace Ledger.Cli;

/// <summary><c>ledger simulate dunning</c>: what another schedule would have done with the chases that a tenant has had.</summary>
internal static class SimulateDunningCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<IReadOnlyList<int>?> Waits = Asked.Days("--waits", "Days from each attempt to the next.", DunningSettings.WaitsMax, DunningSettings.WaitDaysMax);
    private static readonly Option<int?> Days = new("--days") { Description = "Days from the first failure to the end, 1 to 365; the tenant's own when it is not said.", HelpName = "number" };
    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON instead of a table." };

    public static Command Create()
    {
        Waits.Required = true;
        return new LedgerCommand(
            "dunning", "What another schedule of attempts would have done with the chases a tenant has had. An attempt is answered as the first real one on its day or later was; where there was none, it is declined.",
            "ledger simulate dunning --tenant Telco --waits 1,3,5", "ledger simulate dunning --tenant Telco --waits 2,2,7,7 --days 30 --json")
        { Tenant, Waits, Days, Json }.Runs(Run);
    }

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        if (asked.GetValue(Days) is < 1 or > DunningSettings.DaysMax) throw new WrongArgumentsException("--days is to be from 1 to 365.");
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "simulate dunning", ct);
        var other = tenant.Dunning with { Waits = asked.GetValue(Waits), CancelledAfterDays = asked.GetValue(Days) ?? tenant.Dunning.CancelledAfterDays };
        var report = await Screen.Progress("Reading the log", progress => Simulate(ledger, context.Tenant, other, progress, ct));
        if (asked.GetValue(Json)) Screen.Line(JsonSerializer.Serialize(report, LedgerJson.Options));
        else Show(report);
    }

    internal static async Task<Report> Simulate(OpenLedger ledger, string tenant, DunningSettings other, IProgress<Done> progress, CancellationToken ct)
    {
        var history = await Read(ledger, tenant, progress, ct);
        return new(history.Over.Count, history.Open, [.. Result.Of(history, other)]);
    }

    private static async Task<ChaseHistory> Read(OpenLedger ledger, string tenant, IProgress<Done> progress, CancellationToken ct)
    {
        var history = new ChaseHistory();
        await TenantHistory.Read(ledger, tenant, ChaseHistory.Looks, history.Take, progress, ct);
        return history;
    }

    private static void Show(Report report)
    {
        Screen.Table(
            ["", "currency", "recovered", "lost", "sum recovered", "sum lost", "attempts", "days to recovery"],
            report.Currencies.SelectMany(one => new[] { Row("as it was", one.Currency, one.Real), Row("simulated", one.Currency, one.Simulated) }));
        Screen.Line($"{report.Over:N0} chases are over; {report.Open:N0} go on and are not counted. Sums are in the smallest unit of the currency.");
    }

    private static string[] Row(string name, string currency, Figures figures) =>
    [
        name, currency, $"{figures.Recovered:N0}", $"{figures.Lost:N0}", $"{figures.RecoveredAmount:N0}", $"{figures.LostAmount:N0}", $"{figures.Attempts:N0}",
        figures.DaysToRecovery?.ToString("F1", CultureInfo.InvariantCulture) ?? "",
    ];

    /// <param name="Over">How many chases are over, and counted.</param>
    /// <param name="Open">How many go on, and are not.</param>
    internal sealed record Report(int Over, int Open, IReadOnlyList<Result> Currencies);

    internal sealed record Result(string Currency, Figures Real, Figures Simulated)
    {
        public static IEnumerable<Result> Of(ChaseHistory history, DunningSettings other) => history.Over
            .GroupBy(past => past.Amount.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => new Result(group.Key.Code, Figures.Of(group, DunningReplay.Real), Figures.Of(group, past => DunningReplay.On(past, other))));
    }

    /// <param name="RecoveredAmount">In the smallest unit of the currency.</param>
    /// <param name="Attempts">Of all chases, the first failures included.</param>
    /// <param name="DaysToRecovery">From the first failure, on average; null when none recovered.</param>
    internal sealed record Figures(int Recovered, int Lost, long RecoveredAmount, long LostAmount, int Attempts, double? DaysToRecovery)
    {
        public static Figures Of(IEnumerable<PastChase> chases, Func<PastChase, ChaseOutcome> outcome)
        {
            var all = chases.Select(past => (Past: past, Came: outcome(past))).ToList();
            var (won, lost) = (all.Where(one => one.Came.IsRecovered).ToList(), all.Where(one => !one.Came.IsRecovered).ToList());
            return new(
                won.Count, lost.Count, won.Sum(one => one.Past.Amount.Amount), lost.Sum(one => one.Past.Amount.Amount), all.Sum(one => one.Came.Attempts),
                won.Count == 0 ? null : won.Average(one => Period.DaysBetween(one.Past.Since, one.Came.On!.Value)));
        }
    }
}
