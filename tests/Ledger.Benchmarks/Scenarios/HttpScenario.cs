using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.Testing.Http;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>As clients meet it: 64 connections, each with one request at a time.</summary>
internal sealed class HttpScenario : IScenario
{
    private const int Connections = 64;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(15);

    public string Name => "http";

    public string What => $"over HTTP on {Connections} connections, clients on the same cores: create a customer; subscribe one, until its first payment is captured";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await Ledger.Testing.TestCluster.Start(durable: true);
        await using var app = await LedgerApp.Start(connectionString: await cluster.CreateDatabase());
        var tenant = await app.NewTenant();
        _ = await Customers(tenant, Time);   // Until all that counts is compiled for good.
        var (customers, latencies) = await Customers(tenant, Time);
        _ = await Payments(tenant, Time);
        var payments = await Payments(tenant, Time);
        return
        [
            new("customers created", customers, "/s", Least: 2000),
            new("p50", Measure.Median(latencies), "ms"), new("p99", Measure.Percentile(latencies, 0.99), "ms", Most: 60),
            new("payments captured, from the request on", payments, "/s", Least: 400),
        ];
    }

    private static async Task<(double PerSecond, IReadOnlyCollection<double> Latencies)> Customers(TestTenant tenant, TimeSpan time)
    {
        var latencies = new ConcurrentBag<double>();
        var rate = await Measure.PerSecond(Connections, time, async connection =>
        {
            var began = Stopwatch.GetTimestamp();
            _ = (await tenant.Admin.Post("/customers", new { full_name = $"Jón Jónsson {connection}" })).Is(201);
            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        });
        return (rate, latencies);
    }

    private static async Task<double> Payments(TestTenant tenant, TimeSpan time)
    {
        var customers = new ConcurrentBag<string>();
        for (var i = 0; i < Connections; i++)
        {
            var id = (await tenant.Admin.Post("/customers", new { full_name = "Jón Jónsson" })).Is(201).Id;
            _ = (await tenant.Admin.Post($"/customers/{id}/payment-methods", new { token = "sbx_visa_4242_1230" })).Is(201);
            customers.Add(id);
        }

        var all = customers.ToArray();
        return await Measure.PerSecond(Connections, time, async connection =>
        {
            var made = (await tenant.Admin.Post("/subscriptions", new
            {
                customer_id = all[connection], start_date = "2025-11-01", frequency = "monthly",
                items = new[] { new { description = "Bread", price = new { amount = 7500, currency = "ISK" }, quantity = 1 } },
            })).Is(201).Id;
            do await Task.Delay(50);   // A client that asks more often takes the core from those who answer it.
            while (!await IsCaptured(tenant, made));
        });
    }

    private static async Task<bool> IsCaptured(TestTenant tenant, string subscription) =>
        (await tenant.Admin.Get($"/payments?subscription_id={subscription}")).Json["data"]!.AsArray() is [{ } payment]
        && payment["status"]!.GetValue<string>() == "captured";
}
