namespace Ledger.LocalPostgres;

/// <summary>The user and the database that the program works with. Made at every start, so that a start cut short is
/// repaired by the next.</summary>
internal static class ClusterDatabase
{
    public static async Task Ensure(string sockets, CancellationToken ct)
    {
        await using var session = new NpgsqlConnection(
            ServerAddress.Of(sockets, ServerAddress.Superuser, "postgres", pooling: false));
        await session.OpenAsync(ct);
        if (!await Any("select 1 from pg_roles where rolname = 'ledger'"))
        {
            await Run("create role ledger");
        }

        await Run("alter role ledger login createrole nosuperuser");
        if (!await Any("select 1 from pg_database where datname = 'ledger'"))
        {
            await Run("create database ledger owner ledger");
        }

        async Task<bool> Any(string sql)
        {
            await using var command = new NpgsqlCommand(sql, session);
            return await command.ExecuteScalarAsync(ct) is not null;
        }

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, session);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
