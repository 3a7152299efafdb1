using Ledger.Decisions;
using Ledger.Domain.Customers;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Scenarios.Kills;

/// <summary>Exchanging the master key, ended where it stands and begun again.</summary>
[Trait("Category", "Heavy")]
public sealed class RewrapKillTests : IDisposable
{
    private const int People = 3000, Kills = 4;

    /// <summary>Has each key take a moment, so that there is a middle to be killed in.</summary>
    private const string Slowly = """
        create function public.take_time() returns trigger language plpgsql as $$ begin perform pg_sleep(0.001); return new; end $$;
        create trigger take_time before update on ledger.personal_keys for each row execute function public.take_time();
        """;

    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Whenever_it_is_killed_everybody_can_be_read_and_the_next_run_goes_on()
    {
        var database = await TestCluster.NewDatabase();
        using var ledger = new LedgerProgram(directory.Path, new Dictionary<string, string> { ["LEDGER_DATABASE"] = database });
        await TakeIn(ledger);
        await using var source = NpgsqlDataSource.Create(database);
        var all = await Number(source, "select count(*) from ledger.personal_keys");
        _ = await ledger.Command("master-key", "rotate");
        var (first, old) = (Keys().All[0].Id, Keys().All[1].Id);
        await Run(source, Slowly);

        var before = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            using var rewrap = ledger.Begin("master-key", "rewrap");
            while (await Done(source, first) == before && !rewrap.HasExited) await Task.Delay(20);
            await Task.Delay(kill * 100);
            rewrap.Kill();
            await rewrap.WaitForExitAsync();
            rewrap.ExitCode.ShouldBe(137, "It was done before it could be killed.");
            before = await Done(source, first);
            before.ShouldBeInRange(1, all - 1);
            (await Readable(database)).ShouldBe(People);
        }

        await Run(source, "drop trigger take_time on ledger.personal_keys");
        _ = await ledger.Command("master-key", "rewrap");
        (await Done(source, first)).ShouldBe(all);
        _ = await ledger.Command("master-key", "forget", old);
        Keys().All.ShouldHaveSingleItem().Id.ShouldBe(first);
        (await Readable(database)).ShouldBe(People);
    }

    private async Task TakeIn(LedgerProgram ledger)
    {
        var csv = Path.Combine(directory.Path, "subscribers.csv");
        _ = await ledger.Command("tenants", "create", "--name", "Telco", "--clock", "2026-01-30");
        _ = await ledger.Command("sample", "--rows", $"{People}", "--seed", "1", "--start-date", "2026-01-31", "--out", csv);
        _ = await ledger.Command("import", "--tenant", "Telco", "--mapping", Path.ChangeExtension(csv, ".mapping.json"), csv);
    }

    /// <summary>How many customers a process that starts now can read.</summary>
    private async Task<int> Readable(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        var keys = new PersonalKeys(database, Keys(), TimeProvider.System);
        var people = await database.QueryAsWorker(
            "select tenant_id, stream_id, data->>'details' from public.mt_events where type = 'customer_created'", [],
            row => (Tenant: row.GetString(0), Id: row.GetGuid(1), Details: row.GetString(2)), default);
        var found = await keys.FindMany(people[0].Tenant, [.. people.Select(one => one.Id)], default);
        return people.Count(one => found[one.Id].Open(new Personal<CustomerDetails>(one.Details)).FullName is { Length: > 0 });
    }

    private MasterKeys Keys() => MasterKeys.FromFile(Path.Combine(directory.Path, "master.key"));

    private static Task<long> Done(NpgsqlDataSource source, string id) =>
        Number(source, $"select count(*) from ledger.personal_keys where substring(wrapped from 2 for 8) = '\\x{id}'");

    private static async Task<long> Number(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // Written here.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
#pragma warning disable CA2100 // Written here.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        _ = await command.ExecuteNonQueryAsync();
    }
}
