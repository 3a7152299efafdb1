using System.Diagnostics;
using Ledger.EventStore.Database;
using Ledger.Gateways.Sandbox;
using Npgsql;

namespace Ledger.Gateways.Tests.Sandbox;

[CollectionDefinition(Name)]
public sealed class SandboxCollection : ICollectionFixture<SandboxDatabase>
{
    public const string Name = "sandbox";
}

/// <summary>A PostgreSQL of the tests' own, on a socket only they know, gone when they end.</summary>
public sealed class SandboxDatabase : IAsyncLifetime
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);
    private readonly string folder = Directory.CreateTempSubdirectory("sbx-").FullName;
    private Process? server;
    private int databases;

    private string Files => Path.Combine(folder, "d");

    public async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess) await Run("/bin/chown", "postgres:postgres", folder);
        await Run($"{Binaries}/initdb", "-D", Files, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync");
        server = Start(
            $"{Binaries}/postgres", "-D", Files, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off");
        await UntilReady();
        await Execute("postgres", "create role owner login nosuperuser");
    }

    /// <summary>A provider on a database that nobody else uses.</summary>
    public async Task<SandboxProvider> Provider() => await ProviderOn(await CreateDatabase());

    public static async Task<SandboxProvider> ProviderOn(string connectionString, TimeSpan? timeout = null)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, [typeof(SandboxProvider).Assembly], CancellationToken.None);
        return SandboxProvider.Open(new SandboxOptions
        {
            ConnectionString = connectionString,
            FingerprintKey = SandboxExamples.FingerprintKey,
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
        });
    }

    /// <summary>An empty database, as seen by its owner, who is no superuser.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = $"sandbox_{Interlocked.Increment(ref databases)}";
        await Execute("postgres", $"create database {name} owner owner");
        return ConnectionString(name, "owner");
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            await Run($"{Binaries}/pg_ctl", "stop", "-D", Files, "-m", "immediate");
            await server.WaitForExitAsync();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task UntilReady()
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                await Execute("postgres", "select 1");
                return;
            }
            catch (NpgsqlException) when (waited.Elapsed < StartMax && !server!.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database, "postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionString(string database, string user) =>
        $"Host={folder};Database={database};Username={user};Maximum Pool Size=20";

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>PostgreSQL refuses to run as root, so root runs its programs as postgres.</summary>
    private static Process Start(string program, params string[] arguments)
    {
        string[] user = Environment.IsPrivilegedProcess && program.StartsWith(Binaries, StringComparison.Ordinal)
            ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            : [];
        string[] line = [.. user, program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/tmp",
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
