using System.Diagnostics;
using Ledger.Scenarios.Kills;
using Ledger.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Processes;

/// <summary>Two programs that answer requests and two that work, on one database.</summary>
[Trait("Category", "Heavy")]
public class SeveralProcessesTests(ITestOutputHelper output)
{
    private const int Subscribers = 150;

    /// <summary>How long the work of a killed process may lie.</summary>
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(15);

    /// <summary>Notes which process took which message, and how often it was taken.</summary>
    private const string Notes = """
        create table public.taken (worker text not null, message uuid not null, attempts int not null);
        create function public.note_taken() returns trigger language plpgsql security definer as $$
        begin
            if new.attempts > old.attempts then
                insert into public.taken values (current_setting('application_name'), new.id, new.attempts);
            end if;
            return new;
        end $$;
        create trigger note_taken after update on ledger.messages for each row execute function public.note_taken();
        """;

    [Fact]
    public async Task Four_processes_share_the_work_and_take_over_from_one_that_is_killed()
    {
        var expected = await Alone();
        var database = await TestCluster.NewDatabase();
        using var telco = await Telco.Open(Subscribers, Named(database, "api a"), runsWorkers: false);
        _ = await Lines(database, Notes);
        var second = telco.Beside(Named(database, "api b"), runsWorkers: false);
        var doomed = telco.Beside(Named(database, "worker a"), runsWorkers: true);
        await Until(database, "select count(*) >= 2 from ledger.leases where until > now()", TimeSpan.FromMinutes(1));
        var owners = await Lines(database, "select name, owner from ledger.leases where until > now()");
        _ = telco.Beside(Named(database, "worker b"), runsWorkers: true);

        await telco.Bill();
        telco.Ask(second);
        var chasing = telco.Chase();
        await Until(database, "select count(distinct worker) = 2 from public.taken", TimeSpan.FromMinutes(1));
        await doomed.Kill();
        var clock = Stopwatch.StartNew();
        await Until(database, $"select not exists (select from ledger.leases where owner::text in ({Quoted(owners)}))", TakenOverWithin);
        output.WriteLine($"Taken over after {clock.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", owners)}");
        await chasing;

        output.WriteLine(string.Join('\n', await Lines(database, "select worker, count(*), max(attempts) from public.taken group by 1")));
        (await Figures.ChargesThatDiffer(database)).ShouldBeEmpty();
        (await Figures.Of(database)).ShouldBe(expected);
        (await telco.Program.Command("verify")).ShouldContain("The log is as it was written");
    }

    [Fact]
    public async Task Behind_a_pooler_in_transaction_mode_all_is_done_as_without()
    {
        var expected = await Alone();
        var database = await TestCluster.NewDatabase();
        using var pooler = await Pooler.Before(database);
        var direct = new Dictionary<string, string> { ["LEDGER_DATABASE_DIRECT"] = database };
        using var telco = await Telco.Open(Subscribers, pooler.ConnectionString, runsWorkers: false, direct);
        _ = telco.Beside(pooler.ConnectionString, runsWorkers: true, direct);
        await Until(database, "select count(*) >= 2 from pg_stat_activity where application_name = 'ledger direct' and query like 'listen %'", TimeSpan.FromMinutes(1));
        var clock = Stopwatch.StartNew();
        await telco.BillAndChase();
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s; the programs said\n{telco.Program.Said}");

        (await Figures.ChargesThatDiffer(database)).ShouldBeEmpty();
        (await Figures.Of(database)).ShouldBe(expected);
        (await telco.Program.Command("verify")).ShouldContain("The log is as it was written");
    }

    /// <summary>The figures of the same work, done by one program.</summary>
    private static async Task<List<string>> Alone()
    {
        var database = await TestCluster.NewDatabase();
        using var telco = await Telco.Open(Subscribers, database);
        await telco.BillAndChase();
        return await Figures.Of(database);
    }

    private static string Named(string database, string name) =>
        new NpgsqlConnectionStringBuilder(database) { ApplicationName = name }.ConnectionString;

    private static string Quoted(IEnumerable<string> owners) => string.Join(", ", owners.Select(one => $"'{one.Split(' ')[^1]}'"));

    private static async Task Until(string database, string sql, TimeSpan most)
    {
        var waited = Stopwatch.StartNew();
        while ((await Lines(database, sql)) is not ["True"])
        {
            waited.Elapsed.ShouldBeLessThan(most, sql);
            await Task.Delay(50);
        }
    }

    private static async Task<List<string>> Lines(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The texts are the constants above, and ids.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync()) lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}")));
        return lines;
    }
}
