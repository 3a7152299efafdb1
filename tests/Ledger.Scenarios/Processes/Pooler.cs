using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Scenarios.Processes;

/// <summary>A PgBouncer in transaction mode before a database: each transaction may be on another connection.</summary>
internal sealed class Pooler : IDisposable
{
    private const string Program = "/usr/sbin/pgbouncer";
    private readonly TestDirectory directory = new();
    private readonly Process running;

    private Pooler(string database)
    {
        File.Exists(Program).ShouldBeTrue("PgBouncer is missing. Debian, Ubuntu: apt-get install pgbouncer");
        var server = new NpgsqlConnectionStringBuilder(database);
        var settings = Path.Combine(directory.Path, "pgbouncer.ini");
        var port = FreePort();
        File.WriteAllText(settings, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            ledger = host={server.Host} port={server.Port} dbname={server.Database} user={server.Username}
            [pgbouncer]
            pool_mode = transaction
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            default_pool_size = 20
            max_client_conn = 500
            ignore_startup_parameters = extra_float_digits
            """));
        File.SetUnixFileMode(directory.Path, File.GetUnixFileMode(directory.Path) | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(settings, File.GetUnixFileMode(settings) | UnixFileMode.OtherRead);
        string[] asWhom = Environment.IsPrivilegedProcess ? ["-u", "postgres"] : [];   // It refuses to be root.
        running = Process.Start(new ProcessStartInfo(Program, ["-q", .. asWhom, settings]))!;
        ConnectionString = string.Create(CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username=ledger;Database=ledger");
    }

    public string ConnectionString { get; }

    public static async Task<Pooler> Before(string database)
    {
        var pooler = new Pooler(database);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(pooler.ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return pooler;
            }
            catch (NpgsqlException) when (tries < 100 && !pooler.running.HasExited) { await Task.Delay(50); }
        }
    }

    public void Dispose()
    {
        running.Kill();
        running.WaitForExit();
        running.Dispose();
        directory.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
