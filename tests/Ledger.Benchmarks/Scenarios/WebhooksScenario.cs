using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.Domain.Customers;
using Ledger.EventStore;
using Ledger.Gateways.Outgoing;
using Ledger.Testing.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A thousand tenants are told what happens, and some of them mean harm.</summary>
internal sealed class WebhooksScenario : IScenario
{
    private const int Endpoints = 1000, Hostile = 50, PerSecond = 500, Batch = 10;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10), Time = TimeSpan.FromSeconds(30);

    public string Name => "webhooks";

    public string What => $"{Endpoints} endpoints of as many tenants, {Hostile} of them slow, hanging, breaking off, failing, leading elsewhere or endless; {PerSecond} events a second in all, each for one endpoint";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await Ledger.Testing.TestCluster.Start(durable: true);
        await using var consumer = await WebhookConsumer.Start();
        await using var app = await LedgerApp.Start(
            connectionString: await cluster.CreateDatabase(), replace: services => services.AddSingleton(new OutgoingOptions { IsDevelopment = true }));
        var tenants = await Register(app, consumer);
        _ = await Happen(app, tenants, WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var customers = await Happen(app, tenants, Time);
        var late = await Arrived(consumer, customers);
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1_000_000.0;

        var latencies = await Latencies(app, consumer, customers, ct);
        return
        [
            new("events", customers.Count / Time.TotalSeconds, "/s", Least: PerSecond * 0.95),
            new("healthy endpoints, from the commit to the arrival: p50", Measure.Median(latencies), "ms"),
            new("p99", Measure.Percentile(latencies, 0.99), "ms", Most: 1000),
            new("not arrived 10 s after the last", late, "events", Most: 0),
            new("memory grown in 30 s, what the consumer notes included", grown, "MB", Most: 100),
        ];
    }

    private static async Task<string[]> Register(LedgerApp app, WebhookConsumer consumer)
    {
        var tenants = new string[Endpoints];
        await Parallel.ForAsync(0, Endpoints, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            var tenant = await app.NewTenant();
            tenants[i] = tenant.Name;
            var path = $"/{i}";
            if (i < Hostile && Harm(i) is { } harm) consumer.Answer(path, harm);
            var url = i < Hostile && i % 7 == 6 ? consumer.At(path).ToString().Replace("http:", "https:", StringComparison.Ordinal) : consumer.At(path).ToString();
            _ = (await tenant.Admin.Post("/webhook-endpoints", new { url, events = new[] { "customer.created" } })).Is(201);
        });
        return tenants;
    }

    /// <summary>Null for one that is asked for TLS, which it does not speak.</summary>
    private static Func<HttpContext, int, Task>? Harm(int i) => (i % 7) switch
    {
        0 => async (http, _) => await Task.Delay(TimeSpan.FromSeconds(8), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
        1 => async (http, _) => await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default),
        2 => (http, _) => { http.Abort(); return Task.CompletedTask; },
        3 => (http, _) => { http.Response.StatusCode = 500; return Task.CompletedTask; },
        4 => (http, _) => { http.Response.Redirect("http://127.0.0.1:1/"); return Task.CompletedTask; },
        5 => Endless,
        _ => null,
    };

    private static async Task Endless(HttpContext http, int _)
    {
        var chunk = new byte[64 * 1024];
        try { for (var sent = 0L; sent < 10_000_000_000; sent += chunk.Length) await http.Response.Body.WriteAsync(chunk, http.RequestAborted); }
        catch (Exception e) when (e is OperationCanceledException or IOException) { }
    }

    /// <summary>Events at an even pace, for one tenant after the other. Returns the customers that they are of, by the endpoint.</summary>
    private static async Task<ConcurrentBag<(Guid Customer, int Endpoint)>> Happen(LedgerApp app, string[] tenants, TimeSpan time)
    {
        var commands = app.Services.GetRequiredService<CommandHandler>();
        var customers = new ConcurrentBag<(Guid, int)>();
        var took = Stopwatch.StartNew();
        for (var n = 0; took.Elapsed < time; n += Batch)
        {
            await Task.WhenAll(Enumerable.Range(n, Batch).Select(async i =>
            {
                var id = new CustomerId(Guid.CreateVersion7());
                var (endpoint, now) = (i % Endpoints, SystemClock.Instance.GetCurrentInstant());
                var outcome = await commands.Handle(new CreateCustomer(id, $"c-{id.Value}", $"c-{id.Value}", HasName: false, null, null, AutoSendInvoices: false, null), new(tenants[endpoint], "test", "test", now), CancellationToken.None);
                if (outcome.Rejection is { } no) throw new InvalidOperationException(no.Title);
                customers.Add((id.Value, endpoint));
            }));
            var ahead = TimeSpan.FromSeconds((n + Batch) / (double)PerSecond) - took.Elapsed;
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead);
        }

        return customers;
    }

    /// <summary>Waits for the healthy endpoints to hear of all. Returns how many they have not heard of in the end.</summary>
    private static async Task<int> Arrived(WebhookConsumer consumer, IReadOnlyCollection<(Guid Customer, int Endpoint)> customers)
    {
        var healthy = customers.Where(one => one.Endpoint >= Hostile).Select(one => one.Customer.ToString()).ToHashSet();
        for (var tries = 0; tries < 20 && healthy.Count > 0; tries++)
        {
            await Task.Delay(500);
            for (var i = Hostile; i < Endpoints; i++) healthy.ExceptWith(consumer.Heard($"/{i}").Select(one => one.Subject));
        }

        return healthy.Count;
    }

    private static async Task<List<double>> Latencies(
        LedgerApp app, WebhookConsumer consumer, IEnumerable<(Guid Customer, int Endpoint)> customers, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(app.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select stream_id, timestamp from public.mt_events where stream_id = any($1)", connection);
        _ = command.Parameters.Add(new() { Value = customers.Where(one => one.Endpoint >= Hostile).Select(one => one.Customer).ToArray() });
        var committed = new Dictionary<string, DateTime>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) committed[reader.GetGuid(0).ToString()] = reader.GetDateTime(1);
        return [.. Enumerable.Range(Hostile, Endpoints - Hostile).SelectMany(i => consumer.Heard($"/{i}")).Where(one => committed.ContainsKey(one.Subject))
            .Select(one => (one.At.UtcDateTime - committed[one.Subject]).TotalMilliseconds)];
    }
}
