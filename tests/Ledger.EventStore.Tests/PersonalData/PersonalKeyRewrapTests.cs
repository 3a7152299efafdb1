using Ledger.EventStore.PersonalData;
using Npgsql;

namespace Ledger.EventStore.Tests.PersonalData;

/// <summary>Personal keys go from one master key to another while everything goes on.</summary>
public sealed class PersonalKeyRewrapTests : IAsyncLifetime
{
    private const int People = 1300;
    private readonly MasterKey next = MasterKey.New();
    private readonly Dictionary<Guid, byte[]> sealedNames = [];
    private StoreFixture store = null!;
    private StoreFixture later = null!;
    private PersonalKeyRewrap rewrap = null!;

    private static MasterKey Before => StoreFixture.Master;

    private MasterKeys Both => MasterKeys.Of(next, Before);

    /// <summary>Two tenants' own keys, people of either, and one from before master keys had ids.</summary>
    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        later = store.AnotherProcess(Both);
        rewrap = new(store.Database, Both);
        foreach (var tenant in new[] { StoreFixture.Tenant, StoreFixture.OtherTenant })
        {
            var changes = new List<PersonalKeyChange>();
            for (var i = 0; i < People / 2; i++)
            {
                var id = Guid.CreateVersion7();
                var (key, change) = store.Keys.New(id);
                changes.Add(change);
                sealedNames[id] = key.SealBytes(id.ToByteArray());
            }

            _ = await store.GroupCommit.Commit(new(tenant) { Keys = changes });
        }

        var secret = new byte[32];
        var old = Guid.CreateVersion7();
        sealedNames[old] = new SubjectKey(secret).SealBytes(old.ToByteArray());
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [new(old, Before.WrapUnnamed(secret))] });
    }

    public async Task DisposeAsync()
    {
        await later.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Every_key_goes_under_the_first_master_key_and_opens_what_it_sealed()
    {
        (await rewrap.Uses(CancellationToken.None)).ShouldBe([
            new(next.Id, IsAtHand: true, 0, MayGo: false), new(Before.Id, IsAtHand: true, People + 2, MayGo: false), new(null, IsAtHand: true, 1, MayGo: false)]);

        (await rewrap.Run(null, CancellationToken.None)).ShouldBe(People + 3);
        (await rewrap.Uses(CancellationToken.None)).ShouldBe([
            new(next.Id, IsAtHand: true, People + 3, MayGo: false), new(Before.Id, IsAtHand: true, 0, MayGo: true)]);
        (await rewrap.Run(null, CancellationToken.None)).ShouldBe(0);

        await using var without = store.AnotherProcess(next);
        await AllOpen(without);
    }

    [Fact]
    public async Task It_is_stopped_begun_again_and_run_by_several_and_each_key_is_wrapped_anew_once()
    {
        using var stop = new CancellationTokenSource();
        var stopped = rewrap.Run(new Stopper(stop), stop.Token);
        _ = await Should.ThrowAsync<OperationCanceledException>(stopped);
        var left = (await rewrap.Uses(CancellationToken.None)).Where(use => use.Id != next.Id).Sum(use => use.Keys);
        left.ShouldBeInRange(1, People);
        await AllOpen(later);

        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new PersonalKeyRewrap(later.Database, Both).Run(null, CancellationToken.None)));
        done.Sum().ShouldBe(left);
        await AllOpen(later);
    }

    [Fact]
    public async Task Its_connections_are_killed_at_any_instant_and_every_key_opens_all_the_while()
    {
        const string mark = "victim";
        var (cut, goes) = (0, true);
        var address = new NpgsqlConnectionStringBuilder(store.Database.ConnectionString) { ApplicationName = mark };
        while (goes)
        {
            await using var process = new StoreFixture(address.ConnectionString, Both);
            var running = new PersonalKeyRewrap(process.Database, Both).Run(null, CancellationToken.None);
            if (cut < 8)
            {
                await Task.Delay(cut * 7);
                _ = await later.Sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = $1", mark);
            }

            try
            {
                _ = await running;
                goes = cut++ < 8;
            }
            catch (NpgsqlException) { cut++; }

            await AllOpen(later);
        }

        (await rewrap.Uses(CancellationToken.None)).Where(use => use.Id != next.Id).Sum(use => use.Keys).ShouldBe(0);
    }

    [Fact]
    public async Task A_key_destroyed_meanwhile_stays_destroyed()
    {
        var person = sealedNames.Keys.First();
        var wrapped = (byte[])(await store.Sql("select wrapped from ledger.personal_keys where subject_id = $1", person))!;
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [new(person, null)] });
        var anew = next.Wrap(Both.Unwrap(wrapped));
        (await store.Sql("select ledger.rewrap_personal_keys($1, $2, $3, $4)", new[] { StoreFixture.Tenant }, new[] { person }, new[] { wrapped }, new[] { anew })).ShouldBe(0);
        (await store.Sql("select wrapped from ledger.personal_keys where subject_id = $1", person)).ShouldBe(DBNull.Value);
        (await rewrap.Run(null, CancellationToken.None)).ShouldBe(People + 2);
    }

    [Fact]
    public async Task People_are_erased_and_taken_in_all_the_while()
    {
        using var stop = new CancellationTokenSource();
        var (taken, erased) = (new List<Guid>(), new List<Guid>());
        var serving = Task.Run(async () =>
        {
            foreach (var person in sealedNames.Keys.Take(People / 2).Reverse())
            {
                if (stop.IsCancellationRequested) return;
                var id = Guid.CreateVersion7();
                _ = (await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [store.Keys.New(id).Change, new(person, null)] })).ShouldBeOfType<CommitResult.Committed>();
                taken.Add(id);
                erased.Add(person);
            }
        });
        _ = await rewrap.Run(null, CancellationToken.None);
        await stop.CancelAsync();
        await serving;
        erased.ShouldNotBeEmpty();
        _ = await rewrap.Run(null, CancellationToken.None);

        (await store.Count("select count(*) from ledger.personal_keys where subject_id = any($1) and wrapped is not null", erased.ToArray())).ShouldBe(0);
        await using var without = store.AnotherProcess(next);
        (await without.Keys.FindMany(StoreFixture.Tenant, taken, CancellationToken.None)).Count.ShouldBe(taken.Count);
    }

    [Fact]
    public async Task A_master_key_that_is_needed_is_not_forgotten_and_one_that_was_wraps_nothing_more()
    {
        (await rewrap.Forget(Before.Id, CancellationToken.None)).ShouldBe(People + 3);
        _ = await rewrap.Run(null, CancellationToken.None);
        (await rewrap.Forget(Before.Id, CancellationToken.None)).ShouldBe(0);
        (await rewrap.Forget(Before.Id, CancellationToken.None)).ShouldBe(0);

        // A process that has not heard of the new key yet.
        var late = store.Keys.New(Guid.CreateVersion7()).Change;
        (await Should.ThrowAsync<PostgresException>(store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [late] }))).SqlState.ShouldBe(PersonalKeyRewrap.ForgottenState);
        _ = (await later.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [later.Keys.New(Guid.CreateVersion7()).Change] })).ShouldBeOfType<CommitResult.Committed>();
        (await Should.ThrowAsync<PostgresException>(new PersonalKeyRewrap(store.Database, MasterKeys.Of(Before, next)).Run(null, CancellationToken.None))).SqlState.ShouldBe(PersonalKeyRewrap.ForgottenState);
    }

    [Fact]
    public async Task A_master_key_that_is_missing_is_said_and_what_is_there_goes_on()
    {
        var strange = MasterKey.New();
        var alone = new PersonalKeyRewrap(store.Database, strange);
        (await Should.ThrowAsync<MasterKeyException>(alone.Run(null, CancellationToken.None))).Message.ShouldContain("Put th");
        (await alone.Uses(CancellationToken.None)).ShouldContain(new MasterKeyUse(Before.Id, IsAtHand: false, People + 2, MayGo: false));
        await AllOpen(later);
    }

    private async Task AllOpen(StoreFixture process)
    {
        var keys = new Dictionary<Guid, SubjectKey>();
        foreach (var tenant in new[] { StoreFixture.Tenant, StoreFixture.OtherTenant })
            foreach (var (id, key) in await process.Keys.FindMany(tenant, sealedNames.Keys, CancellationToken.None)) keys[id] = key;
        foreach (var (id, name) in sealedNames) keys[id].OpenBytes(name).ShouldBe(id.ToByteArray());
    }

    /// <summary>Stops after the first lot.</summary>
    private sealed class Stopper(CancellationTokenSource stop) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => stop.Cancel();
    }
}
