using Ledger.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Kills;

/// <summary>Subscribers, some of whom have left, are imported into a live tenant that is being billed all the while.</summary>
public class ImportKillTests(ITestOutputHelper output)
{
    /// <summary>What nobody who has left may have: an invoice, or a subscription that ran.</summary>
    private const string BilledThoughLeft = """
        select count(*) from views.subscriptions s where s.status = 'cancelled'
            and (exists (select 1 from views.invoices i where i.subscription_id = s.id) or s.anchor is not null)
        """;

    [Fact]
    public Task Killed_once_nobody_who_has_left_is_billed() => Import(subscribers: 150, kills: 1);

    [Fact, Trait("Category", "Heavy")]
    public Task Killed_five_times_nobody_who_has_left_is_billed() => Import(subscribers: 3000, kills: 5);

    private async Task Import(int subscribers, int kills)
    {
        var random = new Random(Killer.Seed);
        using var directory = new TestDirectory();
        var database = await TestCluster.NewDatabase();
        using var program = new LedgerProgram(directory.Path, new Dictionary<string, string> { ["LEDGER_DATABASE"] = database, ["LEDGER_OUTGOING"] = "development" });
        using var second = new LedgerProgram(directory.Path, new Dictionary<string, string> { ["LEDGER_DATABASE"] = database, ["LEDGER_OUTGOING"] = "development" });
        var csv = Path.Combine(directory.Path, "subscribers.csv");
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        _ = await program.Command("tenants", "create", "--name", "Live", "--currency", "USD", "--zone", "Etc/UTC", "--live");
        _ = await program.Command("sample", "--rows", $"{subscribers}", "--seed", "1", "--start-date", today, "--out", csv);
        program.Start();
        second.Start();

        string[] import = ["import", "--tenant", "Live", "--mapping", Path.ChangeExtension(csv, ".mapping.json"), "--bill-past", csv];
        for (var kill = 0; kill < kills; kill++)
        {
            using var command = program.Begin(import);
            var until = await Count(database, "select count(*) from public.mt_events") + random.Next(1, subscribers * 4 / kills);
            while (!command.HasExited && await Count(database, "select count(*) from public.mt_events") < until) await Task.Delay(5);
            command.Kill();
            await command.WaitForExitAsync();
            output.WriteLine($"Killed at {await Count(database, "select count(*) from public.mt_events")}.");
            (await Count(database, BilledThoughLeft)).ShouldBe(0);
        }

        output.WriteLine(await program.Command(import));
        var lines = (await File.ReadAllLinesAsync(csv)).Skip(1).ToList();
        var left = lines.Count(line => line.EndsWith(",left", StringComparison.Ordinal));
        (await Count(database, "select count(*) from views.subscriptions where status = 'cancelled'")).ShouldBe(left);
        (await Count(database, "select count(distinct subscription_id) from views.invoices")).ShouldBe(subscribers - left);
        (await Count(database, "select count(*) from views.invoices")).ShouldBe(subscribers - left);
        (await Count(database, BilledThoughLeft)).ShouldBe(0);
        await program.Stop();
        await second.Stop();
    }

    private static async Task<long> Count(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
