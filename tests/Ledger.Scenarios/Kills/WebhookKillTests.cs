using System.Text.Json.Nodes;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Kills;

/// <summary>Whatever is killed, an endpoint hears everything at least once and in order, and a reader of the feed sees each once.</summary>
[Trait("Category", "Heavy")]
public class WebhookKillTests(ITestOutputHelper output)
{
    private const int Subscribers = 100;
    private const string Path = "/hook";

    [Fact]
    public async Task Killed_ten_times_nothing_is_lost_and_nothing_is_out_of_order()
    {
        var seed = Killer.Seed;
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        await using var consumer = await WebhookConsumer.Start();
        var chance = new Random(seed);
        consumer.Answer(Path, async (http, _) =>
        {
            int dice;
            lock (chance) dice = chance.Next(100);
            await Task.Delay(dice / 10);
            http.Response.StatusCode = dice < 5 ? 500 : 204;
        });

        using var telco = await Telco.Open(Subscribers);
        await Answered(() => telco.Client.Post("/webhook-endpoints", new { url = consumer.At(Path), retry_waits = Enumerable.Repeat(1, 20), concurrency = 20, per_second = 1000 }, "hook"));
        using var stop = new CancellationTokenSource();
        var reading = Read(telco, stop.Token);
        var head = await Head(telco);
        var killer = new Killer(seed, programs: 10, servers: 0, head, head + (Subscribers * 12));
        var work = telco.BillAndChase();
        try { await killer.Run(telco, work); }
        finally { output.WriteLine($"Killed:\n{string.Join('\n', killer.Done)}\nThe program said last:\n{telco.Program.Said}"); }
        await work;
        killer.Done.Count.ShouldBe(10);

        var (expected, last) = await Expected(telco);
        await Until(() => expected.Keys.Except(consumer.Heard(Path).Select(one => one.Id)).Any());
        var heard = consumer.Heard(Path);
        heard.Select(one => one.Id).Distinct().ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var subject in heard.GroupBy(one => one.Subject))
        {
            subject.Select(one => one.Sequence).Distinct().ShouldBe(Enumerable.Range(1, subject.Select(one => one.Sequence).Distinct().Count()).Select(one => (long)one), $"seed {seed}");
            subject.DistinctBy(one => one.Id).Select(one => expected[one.Id]).ShouldBeInOrder();
        }

        await Until(() => Volatile.Read(ref reached) < last);
        await stop.CancelAsync();
        var seen = await reading;
        seen.Select(one => one["id"]!.GetValue<string>()).ShouldBeUnique();
        seen.Select(one => one["position"]!.GetValue<long>()).ShouldBeInOrder();
        expected.Keys.ShouldBeSubsetOf(seen.Select(one => one["id"]!.GetValue<string>()));
        output.WriteLine($"{expected.Count} events, heard {heard.Count} times; {seen.Count} in the feed.");
    }

    private long reached;

    /// <summary>Reads the feed from its beginning, going on after every failure from the position that was seen last.</summary>
    private async Task<List<JsonNode>> Read(Telco telco, CancellationToken ct)
    {
        var seen = new List<JsonNode>();
        while (!ct.IsCancellationRequested)
        {
            var page = await Answered(() => telco.Client.Get($"/events?after={reached}&limit=50&wait=1"));
            seen.AddRange(page["data"]!.AsArray().Select(one => one!.DeepClone()));
            Volatile.Write(ref reached, page["position"]!.GetValue<long>());
        }

        return seen;
    }

    /// <summary>What the endpoint has to hear, by id, with its place: all that has happened after it was registered.</summary>
    private static async Task<(Dictionary<string, long> Events, long Last)> Expected(Telco telco)
    {
        await using var connection = new NpgsqlConnection(await telco.Database());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select seq_id from public.mt_events where type = 'webhook_endpoint_registered'", connection);
        var after = (long)(await command.ExecuteScalarAsync())!;
        var events = new Dictionary<string, long>();
        for (var hasMore = true; hasMore;)
        {
            var page = await Answered(() => telco.Client.Get($"/events?after={after}&limit=500"));
            foreach (var one in page["data"]!.AsArray()) events[one!["id"]!.GetValue<string>()] = one["position"]!.GetValue<long>();
            (after, hasMore) = (page["position"]!.GetValue<long>(), page["has_more"]!.GetValue<bool>());
        }

        return (events, events.Values.Max());
    }

    private static async Task<long> Head(Telco telco)
    {
        await using var connection = new NpgsqlConnection(await telco.Database());
        await connection.OpenAsync();
        return await Figures.Head(connection);
    }

    private static async Task<JsonNode> Answered(Func<Task<LedgerAnswer>> ask)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (await ask() is { Status: >= 200 and < 300 } answer) return answer.Json;
            }
            catch (Exception e) when (e is HttpRequestException or IOException && tries < 2000) { }   // It is down.

            await Task.Delay(25);
        }
    }

    private static async Task Until(Func<bool> waits)
    {
        for (var tries = 0; tries < 2400 && waits(); tries++) await Task.Delay(50);
        waits().ShouldBeFalse();
    }
}
