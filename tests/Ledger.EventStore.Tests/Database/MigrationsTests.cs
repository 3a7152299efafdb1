using Ledger.Testing;

namespace Ledger.EventStore.Tests.Database;

public sealed class MigrationsTests
{
    [Fact]
    public async Task Several_processes_may_start_at_once_and_each_file_is_applied_once()
    {
        await using var database = new LedgerDatabase(await TestCluster.NewDatabase());
        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Apply(database))));
        var names = applied.SelectMany(some => some).ToList();
        names.ShouldBeUnique();
        names.ShouldContain("0001_log.sql");
        (await Apply(database)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_has_changed_since_it_was_applied_is_refused()
    {
        await using var store = await StoreFixture.Create();
        _ = await store.Sql("update ledger_schema.migrations set hash = 'x' where name = '0002_chain.sql'");
        (await Should.ThrowAsync<InvalidOperationException>(Apply(store.Database))).Message.ShouldContain("0002_chain.sql");
    }

    [Fact]
    public async Task Several_databases_of_one_server_may_be_made_at_once()
    {
        // Their roles are the server's, and only one of them can make each.
        var databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => new LedgerDatabase(await TestCluster.NewDatabase())));
        (await Task.WhenAll(databases.Select(Apply))).ShouldAllBe(names => names.Count > 0);
        foreach (var database in databases) await database.DisposeAsync();
    }

    private static Task<IReadOnlyList<string>> Apply(LedgerDatabase database) =>
        Migrations.Apply(database, [typeof(GroupCommit).Assembly], CancellationToken.None);
}
