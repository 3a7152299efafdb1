using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Scenarios.Kills;

/// <summary>A sandbox tenant served by a program that is killed while it works, and started again.</summary>
internal sealed partial class KilledShop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TestDirectory directory = new();
    private readonly LedgerProgram program;
    private LedgerClient client = null!;

    private KilledShop(string database)
    {
        Database = database;
        program = new(directory.Path, new Dictionary<string, string> { ["LEDGER_DATABASE"] = database });
    }

    public string Database { get; }

    public string Variation { get; private set; } = "";

    public static async Task<KilledShop> Open()
    {
        var shop = new KilledShop(await TestCluster.NewDatabase());
        var created = await shop.program.Command("tenants", "create", "--name", "Shop", "--clock", "2025-11-01", "--currency", "ISK", "--zone", "Atlantic/Reykjavik");
        shop.client = new(shop.program.Address, ApiKey().Match(created).Value);
        shop.program.Start();
        _ = await shop.Done(HttpMethod.Patch, "/tenants/current/settings", new { loyalty_points_per_unit = 1 });
        var product = Id(await shop.Post("/products", new { name = "Bread" }));
        shop.Variation = Id(await shop.Post("/product-variations", new
        {
            product_id = product, name = "Bread", price = new { amount = 7500, currency = "ISK" }, tax_rate = "0.24",
        }));
        return shop;
    }

    public static string Id(JsonNode node) => node["id"]!.ToString();

    /// <summary>Somebody with a card.</summary>
    public async Task<string> Customer(string card = Shop.Good)
    {
        var id = Id(await Post("/customers", new { full_name = "Ann" }));
        _ = await Post($"/customers/{id}/payment-methods", new { token = card });
        return id;
    }

    /// <summary>Sends these at once, kills the program where it then is, and starts it again.</summary>
    public async Task KillAmid(IReadOnlyList<Wish> wishes, TimeSpan after)
    {
        var sent = wishes.Select(async one =>
        {
            try { _ = await client.Post(one.Path, one.Body, one.Key); }
            catch (Exception e) when (e is HttpRequestException or IOException) { }   // It was killed before it answered.
        }).ToList();
        await Task.Delay(after);
        await program.Kill();
        program.Start();
        await Task.WhenAll(sent);
    }

    public Task<JsonNode> Post(string path, object body, string? key = null) => Done(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString());

    /// <summary>Asks until it is answered for good, always the same.</summary>
    public async Task<JsonNode> Done(HttpMethod method, string path, object body, string? key = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var last = "nothing";
        while (!patience.IsCancellationRequested)
        {
            try
            {
                var answer = await client.Send(method, path, body, key);
                if (answer.Status is 200 or 201) return answer.Json;
                last = $"{answer.Status} {answer.Text}";
                (answer.Status is 202 or >= 500 || answer.Code is "try_again" or "idempotency_key_pending").ShouldBeTrue($"{method} {path} was answered {last}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException) { last = e.Message; }   // It is down.

            await Task.Delay(50);
        }

        throw new TimeoutException($"{method} {path} was answered {last}\n{program.Said}");
    }

    /// <summary>The payment that came of it and was declined.</summary>
    public async Task<string> DeclinedPayment(string path, string card) => (await client.Post(path, new { payment_method_id = card })).Refuses(402, "card_declined").Json["payment_id"]!.ToString();

    /// <summary>How many events of a type are of a thing, or tell of it.</summary>
    public async Task<long> Count(string type, string subject)
    {
        await using var source = NpgsqlDataSource.Create(Database);
        await using var command = source.CreateCommand("select count(*) from mt_events where type = $1 and (stream_id::text = $2 or position($2 in data::text) > 0)");
        command.Parameters.Add(new() { Value = type });
        command.Parameters.Add(new() { Value = subject });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public void Dispose()
    {
        program.Dispose();
        directory.Dispose();
    }

    [GeneratedRegex(@"lk_test_\S+")]
    private static partial Regex ApiKey();
}

/// <summary>A command that moves money, and what must be in the log once it is done.</summary>
/// <param name="Subject">The id of what it is about, which no other command is.</param>
/// <param name="Proof">The event that it leads to.</param>
/// <param name="Times">How often: once, but for a command that asks for several.</param>
internal sealed record Wish(string Operation, string Path, object Body, string Subject, string Proof, int Times = 1)
{
    public string Key { get; } = Guid.NewGuid().ToString();
}
