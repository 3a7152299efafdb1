using Ledger.EventStore.Archiving;

namespace Ledger.EventStore.Tests.Archiving;

public sealed class ArchiveTablesTests
{
    [Fact]
    public async Task Every_table_of_the_log_is_in_an_archive_or_left_out_on_purpose()
    {
        await using var store = await StoreFixture.Create();
        var tables = (string[])(await store.Sql("select array_agg(schemaname || '.' || tablename) from pg_tables where schemaname in ('public', 'ledger')"))!;
        tables.ShouldBe(ArchiveTables.All.Select(table => table.Name).Concat(ArchiveTables.LeftOut), ignoreOrder: true);
    }
}
