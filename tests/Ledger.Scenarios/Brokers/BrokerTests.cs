using System.Text;
using System.Text.Json.Nodes;
using Ledger.Gateways.Brokers;
using Ledger.Testing;
using RabbitMQ.Client;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Brokers;

/// <summary>The feed, handed on to a RabbitMQ that falls and comes back.</summary>
public class BrokerTests(ITestOutputHelper output)
{
    private const int Callers = 2;
    private readonly List<JsonNode> seen = [];
    private long reached;

    [BrokerFact]
    public Task Killed_under_load_it_has_everything_in_order_and_repeats_are_known_by_their_id() => Killed(1);

    [BrokerFact, Trait("Category", "Heavy")]
    public Task Killed_again_and_again_it_has_everything_in_order() => Killed(6);

    private async Task Killed(int times)
    {
        await using var broker = await TestBroker.Start();
        await using var app = await LedgerApp.Start(broker: broker.Settings);
        var tenant = await app.NewTenant();
        await using (var queue = await Queue.Bind(broker.Settings, $"{tenant.Id}.#")) { }
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => Load(tenant.Admin, stop.Token))));
        await Until(async () => (await Feed(tenant.Admin)).Count > 50);
        for (var i = 0; i < times; i++)
        {
            await broker.Kill();
            var before = (await Feed(tenant.Admin)).Count;
            await Until(async () => (string?)(await Health(app))["status"] == "away" && (await Feed(tenant.Admin)).Count > before + 50);
            await broker.Restart();
            await Until(async () => (string?)(await Health(app))["status"] == "ok");
            before = (await Feed(tenant.Admin)).Count;
            await Until(async () => (await Feed(tenant.Admin)).Count > before + 50);
        }

        await stop.CancelAsync();
        await load;
        var feed = await Feed(tenant.Admin);
        await using var kept = await Queue.Bind(broker.Settings, $"{tenant.Id}.#");
        var came = new List<Came>();
        await Until(async () =>
        {
            while (await kept.Next() is { } one) came.Add(one);
            return came.Select(one => one.Id).Distinct().Count() >= feed.Count;
        });

        output.WriteLine($"{feed.Count} events came {came.Count} times.");
        var first = came.DistinctBy(one => one.Id).ToDictionary(one => one.Id);
        foreach (var one in feed)
        {
            var arrived = first[(string)one["id"]!];
            JsonNode.DeepEquals(JsonNode.Parse(arrived.Body), one).ShouldBeTrue(arrived.Body);
            (arrived.Key, arrived.Subject, arrived.Position).ShouldBe(($"{tenant.Id}.{one["type"]}", (string)one["subject_id"]!, (long)one["position"]!));
        }

        first.Count.ShouldBe(feed.Count);
        foreach (var subject in first.Values.GroupBy(one => one.Subject)) subject.Select(one => (one.Position, one.Part)).ShouldBeInOrder();
        foreach (var same in came.GroupBy(one => one.Id)) same.Select(one => one.Body).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_broker_that_was_never_there_stops_nothing_and_is_said_without_its_password()
    {
        await using var app = await LedgerApp.Start(broker: BrokerSettings.Of("amqp://somebody:secret-word@127.0.0.1:1/", null));
        var tenant = await app.NewTenant();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201);
        await Until(async () => (string?)(await Health(app))["status"] == "away");
        var health = (await app.Anonymous.Get("/health")).Is(200);
        health.Json["checks"]!["broker"]!["message"]!.GetValue<string>().ShouldBe("amqp://127.0.0.1:1: it cannot be reached");
        health.Json["checks"]!["broker"]!["lag"]!.GetValue<long>().ShouldBePositive();
        health.Text.ShouldNotContain("secret-word");
    }

    /// <summary>New customers, each changed a few times: many subjects, and several events of each.</summary>
    private static async Task Load(LedgerClient admin, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var id = (await admin.Post("/customers", new { full_name = "Somebody" })).Is(201).Id;
            for (var j = 0; j < 4; j++) _ = (await admin.Patch($"/customers/{id}", new { full_name = $"Somebody {i} {j}" })).Is(200);
        }
    }

    /// <summary>All of the feed up to now; what was read before is not read again.</summary>
    private async Task<List<JsonNode>> Feed(LedgerClient admin)
    {
        for (var hasMore = true; hasMore;)
        {
            var page = (await admin.Get($"/events?after={reached}&limit=500")).Is(200).Json;
            seen.AddRange(page["data"]!.AsArray().Select(one => one!));
            (reached, hasMore) = (page["position"]!.GetValue<long>(), page["has_more"]!.GetValue<bool>());
        }

        return seen;
    }

    private static async Task<JsonNode> Health(LedgerApp app) => (await app.Anonymous.Get("/health")).Is(200).Json["checks"]!["broker"]!;

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await isSo()) return;
            await Task.Delay(100);
        }

        throw new TimeoutException("It has not come to that within a minute.");
    }

    private sealed record Came(string Id, string Key, string Subject, long Position, int Part, string Body);

    /// <summary>A consumer's durable queue, and what it was given.</summary>
    private sealed class Queue(IConnection connection, IChannel channel) : IAsyncDisposable
    {
        private const string Name = "accounts";

        public static async Task<Queue> Bind(BrokerSettings settings, string key)
        {
            var connection = await new ConnectionFactory { Uri = settings.Address }.CreateConnectionAsync();
            var channel = await connection.CreateChannelAsync();
            await channel.ExchangeDeclareAsync(settings.Exchange, ExchangeType.Topic, durable: true);
            _ = await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync(Name, settings.Exchange, key);
            return new(connection, channel);
        }

        /// <summary>Null when there is nothing at the moment.</summary>
        public async Task<Came?> Next()
        {
            if (await channel.BasicGetAsync(Name, autoAck: true) is not { } one) return null;
            var headers = one.BasicProperties.Headers!;
            one.BasicProperties.Persistent.ShouldBeTrue();
            return new(
                one.BasicProperties.MessageId!, one.RoutingKey, Encoding.UTF8.GetString((byte[])headers["ledger-subject"]!),
                (long)headers["ledger-position"]!, (int)headers["ledger-part"]!, Encoding.UTF8.GetString(one.Body.Span));
        }

        public async ValueTask DisposeAsync()
        {
            await channel.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
