using Npgsql;

namespace Ledger.EventStore.Tests.Database;

public class LedgerDatabaseTests
{
    [Fact]
    public void Statements_are_prepared_and_few_connections_taken_unless_said_otherwise()
    {
        var settings = new NpgsqlConnectionStringBuilder(new LedgerDatabase("Host=db").ConnectionString);
        (settings.MaxAutoPrepare, settings.MaxPoolSize, settings.ApplicationName).ShouldBe((100, 24, "ledger"));
    }

    [Fact]
    public void What_the_connection_string_says_counts()
    {
        var settings = new NpgsqlConnectionStringBuilder(
            new LedgerDatabase("Host=db;Max Auto Prepare=0;MaxPoolSize=7;ApplicationName=shop").ConnectionString);
        (settings.MaxAutoPrepare, settings.MaxPoolSize, settings.ApplicationName).ShouldBe((0, 7, "shop"));
    }
}
