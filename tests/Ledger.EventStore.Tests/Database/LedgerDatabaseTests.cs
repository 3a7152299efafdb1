using Npgsql;

namespace Ledger.EventStore.Tests.Database;

public class LedgerDatabaseTests
{
    [Fact]
    public void Few_connections_are_taken_unless_said_otherwise()
    {
        var settings = new NpgsqlConnectionStringBuilder(new LedgerDatabase("Host=db").ConnectionString);
        (settings.MaxPoolSize, settings.ApplicationName, settings.NoResetOnClose).ShouldBe((24, "ledger", true));
    }

    [Fact]
    public void What_the_connection_string_says_counts()
    {
        var settings = new NpgsqlConnectionStringBuilder(
            new LedgerDatabase("Host=db;No Reset On Close=false;MaxPoolSize=7;ApplicationName=shop").ConnectionString);
        (settings.MaxPoolSize, settings.ApplicationName, settings.NoResetOnClose).ShouldBe((7, "shop", false));
    }
}
