using System.Diagnostics;
using Ledger.LocalPostgres;
using Ledger.Testing;
using Ledger.Testing.Http;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>What finance staff open every morning, where there is much of it.</summary>
internal sealed class FinanceScenario : IScenario
{
    private const int Warm = 3, Times = 40;

    private static readonly string[] Reports =
    [
        "dashboard", "mrr", "mrr-movements?from=2026-01-01&to=2026-10-31", "churn?from=2026-10-01&to=2026-10-31", "cohorts?from=2026-01-01&to=2026-10-31",
        "failed-payments?from=2026-10-01&to=2026-10-31", "payment-success-rate?from=2026-01-01&to=2026-10-31", "dunning-recovery?from=2026-01-01&to=2026-10-31",
        "receivables-aging", "tax?from=2026-01-01&to=2026-10-31", "documents?from=2026-01-01&to=2026-10-31", "refunds?from=2026-01-01&to=2026-10-31",
        "revenue?from=2026-01-01&to=2026-10-31", "liabilities", "merchant-stats",
    ];

    private static readonly string[] Lists =
    [
        "customers", "subscriptions", "subscriptions?status=active", "invoices", "invoices?status=paid", "invoices?status=cancelled", "invoices?limit=100", "invoices?from_date=2026-03-01&to_date=2026-03-31",
        "invoices?offset=10000", "payments", "payments?status=failed", "payments?from_date=2026-03-01&to_date=2026-03-31", "orders", "journal-entries", "audit-logs", "events",
    ];

    public string Name => "finance";

    public string What => "a million invoices of 145,000 customers: every report and list over HTTP, one client, p95; as they are, and as of an earlier day";

    /// <remarks>Making the base takes a quarter of an hour: in a folder named by <c>LEDGER_BENCH_BASE</c> it is kept for the next time.</remarks>
    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        using var directory = new TestDirectory();
        var folder = Environment.GetEnvironmentVariable("LEDGER_BENCH_BASE") ?? directory.Path;
        await using var server = await PrivateCluster.Start(new() { Directory = Path.Combine(folder, "postgres") }, ct);
        var kept = Path.Combine(folder, "admin-key");
        if (!File.Exists(kept))
            await File.WriteAllTextAsync(kept, await new LargeBase(server.ConnectionString, server.AdminConnectionString).Create(Console.Error.WriteLine, ct), ct);
        await LargeBase.Renew(server.ConnectionString, ct);
        return await Asked(server.ConnectionString, await File.ReadAllTextAsync(kept, ct));
    }

    private static async Task<IReadOnlyList<Figure>> Asked(string connectionString, string key)
    {
        await using var app = await LedgerApp.Start(runsWorkers: false, connectionString: connectionString, master: LargeBase.Master);
        var staff = app.With(key);
        var invoices = (await staff.Get("/invoices?include=total&limit=1")).Is(200).Json;
        if (invoices["page"]!["total"]!.GetValue<long>() < 1_000_000) throw new InvalidOperationException($"{invoices["page"]!["total"]} invoices.");
        var customer = invoices["data"]![0]!["customer_id"]!.GetValue<string>();

        var figures = new List<Figure>();
        foreach (var report in Reports)
        {
            figures.Add(new($"report {Named(report)}", await P95(staff, $"/reports/{report}"), "ms", Most: 100));
            figures.Add(new($"report {Named(report)}, as of 2026-06-15", await P95(staff, Earlier($"/reports/{report}")), "ms", Most: 500));
        }

        foreach (var list in (string[])[.. Lists, $"invoices?customer_id={customer}", $"payments?customer_id={customer}"])
            figures.Add(new($"list {list.Replace(customer, "…", StringComparison.Ordinal)}", await P95(staff, $"/{list}"), "ms", Most: 100));
        foreach (var list in (string[])["customers", "subscriptions", "invoices", "invoices?status=pending", "payments", $"invoices?customer_id={customer}"])
            figures.Add(new($"list {list.Replace(customer, "…", StringComparison.Ordinal)}, as of 2026-06-15", await P95(staff, Earlier($"/{list}")), "ms", Most: 500));
        figures.Add(new("trial balance", await P95(staff, "/trial-balance"), "ms", Most: 100));
        figures.Add(new("trial balance, as of 2026-06-15", await P95(staff, Earlier("/trial-balance")), "ms", Most: 500));
        figures.Add(new("a customer's invoices, page by page to the last", await P95(staff, $"/invoices?customer_id={customer}&limit=5"), "ms", Most: 100));
        return figures;
    }

    private static string Named(string report) => report.Split('?')[0];

    private static string Earlier(string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}as_of=2026-06-15T12:00:00Z"
        .Replace("2026-10-31", "2026-06-15", StringComparison.Ordinal).Replace("2026-10-01", "2026-06-01", StringComparison.Ordinal);

    private static async Task<double> P95(LedgerClient staff, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Warm + Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var status = (await staff.Get(path)).Status;
            if (status != 200) return double.PositiveInfinity;   // What takes too long is refused.
            if (i >= Warm) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Measure.Percentile(times, 0.95);
    }
}
