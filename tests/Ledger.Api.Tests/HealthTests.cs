using Npgsql;

namespace Ledger.Api.Tests;

public sealed class HealthTests
{
    [Theory]
    [InlineData("alter table ledger.claims disable row level security", "row-level security of ledger.claims")]
    [InlineData("drop policy own_tenant on public.mt_events", "row-level security of public.mt_events")]
    [InlineData("drop trigger append_only on public.mt_events", "the trigger append_only of public.mt_events")]
    [InlineData("revoke select on public.mt_streams from ledger_reader", "the right of ledger_reader to read public.mt_streams")]
    [InlineData("revoke select on identity.sessions from ledger_identity", "the right of ledger_identity to read identity.sessions")]
    public async Task A_database_that_lost_a_guard_is_unhealthy_until_it_is_migrated(string loss, string told)
    {
        string connectionString;
        await using (var app = await LedgerApp.Start(runsWorkers: false))
        {
            connectionString = app.ConnectionString;
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand(loss);
            _ = await command.ExecuteNonQueryAsync();
            var answer = (await new LedgerClient(app.Address, null).Get("/health")).Is(503);
            answer.Json["checks"]!["database"]!["message"]!.GetValue<string>().ShouldBe($"The database lacks {told}. Run `ledger migrate`.");
        }

        await using var migrated = await LedgerApp.Start(runsWorkers: false, connectionString);
        _ = (await new LedgerClient(migrated.Address, null).Get("/health")).Is(200);
    }
}
