using Ledger.EventStore.Events;
using Ledger.EventStore.Log;
using Ledger.EventStore.Commits;
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

    private static readonly string Tenant = Guid.CreateVersion7().ToString();
    private readonly TestDirectory directory = new();
    private readonly Dictionary<Guid, byte[]> sealedIds = [];

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Whenever_it_is_killed_everybody_can_be_read_and_the_next_run_goes_on()
    {
        var database = await TestCluster.NewDatabase();
        using var ledger = new LedgerProgram(directory.Path, new Dictionary<string, string> { ["LEDGER_DATABASE"] = database });
        _ = await ledger.Command("migrate");
        await TakeIn(database);
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

    /// <summary>People of one tenant, with a key each and something that it has sealed.</summary>
    private async Task TakeIn(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        var types = new EventTypes();
        var (keys, groupCommit) = (new PersonalKeys(database, Keys(), TimeProvider.System), new GroupCommit(database, LogOptions.Open(database, types), types));
        foreach (var some in Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7()).Chunk(500))
        {
            var changes = new List<PersonalKeyChange>();
            foreach (var id in some)
            {
                var (key, change) = keys.New(id);
                changes.Add(change);
                sealedIds[id] = key.SealBytes(id.ToByteArray());
            }

            _ = await groupCommit.Commit(new(Tenant) { Keys = changes });
        }
    }

    /// <summary>Of how many a process that starts now can read what was sealed.</summary>
    private async Task<int> Readable(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        var found = await new PersonalKeys(database, Keys(), TimeProvider.System).FindMany(Tenant, sealedIds.Keys, default);
        return sealedIds.Count(one => found[one.Key].OpenBytes(one.Value).AsSpan().SequenceEqual(one.Key.ToByteArray()));
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
