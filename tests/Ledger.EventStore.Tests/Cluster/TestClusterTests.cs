using Ledger.Testing;
using Npgsql;

namespace Ledger.EventStore.Tests.Cluster;

public sealed class TestClusterTests
{
    [Fact]
    public async Task Copies_of_a_template_have_what_it_has_and_are_apart()
    {
        var one = await TestCluster.NewDatabase(WithOneRow);
        var two = await TestCluster.NewDatabase(WithOneRow);

        (await Run(one, "insert into row values (2); select count(*) from row")).ShouldBe(2L);
        (await Run(two, "select count(*) from row")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_new_database_is_empty_and_the_programs_own()
    {
        var database = await TestCluster.NewDatabase();
        (await Run(database, "create table mine (); select count(*) from pg_tables where schemaname = 'public'"))
            .ShouldBe(1L);
    }

    /// <summary>Leaves an idle pooled session behind, as real preparation does.</summary>
    private static Task WithOneRow(string connectionString) =>
        Run(connectionString, "create table row (id int); insert into row values (1)");

    private static async Task<object?> Run(string connectionString, string sql)
    {
        await using var session = new NpgsqlConnection(connectionString);
        await session.OpenAsync();
        await using var command = new NpgsqlCommand(sql, session);
        return await command.ExecuteScalarAsync();
    }
}
