namespace Ledger.LocalPostgres;

/// <summary>How to connect to a cluster over its socket.</summary>
internal static class ServerAddress
{
    /// <summary>The user and the database that the program works with.</summary>
    public const string Ledger = "ledger";

    public const string Superuser = "postgres";

    /// <param name="pooling">False for a session that must be over when it is disposed of.</param>
    public static string Of(string sockets, string user, string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = sockets,
            Port = ServerLaunch.Port,
            Username = user,
            Database = database,
            Pooling = pooling,

            // Nothing leaves the machine, so there is nothing to negotiate.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;
}
