using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Ledger.LocalPostgres;
using Npgsql;

namespace Ledger.Testing;

/// <summary>A PostgreSQL server for tests, gone with its data when the test process ends. Tests share
/// <see cref="Shared"/>; one that kills servers starts its own.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>A machine that goes down in a test takes the test with it, so nothing need reach the disk.</summary>
    private static readonly Dictionary<string, string> Hasty = new()
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
        ["max_connections"] = "500",
        ["max_prepared_transactions"] = "20",
    };

    private static readonly Lazy<Task<TestCluster>> SharedOne = new(() => Start());

    private readonly TestDirectory _directory;
    private readonly ConcurrentDictionary<MethodInfo, Lazy<Task<string>>> _templates = new();
    private int _databases;

    private TestCluster(TestDirectory directory, PrivateCluster server)
    {
        _directory = directory;
        Server = server;
    }

    /// <summary>The one of this process, started when first asked for.</summary>
    public static Task<TestCluster> Shared => SharedOne.Value;

    public PrivateCluster Server { get; }

    /// <summary>Starts one more.</summary>
    /// <param name="durable">Whether commits reach the disk, as in production. Also the choice for a test that kills
    /// the server.</param>
    public static async Task<TestCluster> Start(bool durable = false)
    {
        var directory = new TestDirectory();
        try
        {
            return new(directory, await PrivateCluster.Start(new()
            {
                Directory = Path.Combine(directory.Path, "postgres"),
                Settings = durable ? new Dictionary<string, string>() : Hasty,
            }));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>An empty database on the shared server, owned by the user <c>ledger</c>; its connection string.
    /// </summary>
    public static async Task<string> NewDatabase() => await (await Shared).CreateDatabase();

    /// <summary>A copy of a template on the shared server; see <see cref="CreateDatabase"/>.</summary>
    public static async Task<string> NewDatabase(Func<string, Task> prepareTemplate) =>
        await (await Shared).CreateDatabase(prepareTemplate);

    /// <summary>A new database, owned by the user <c>ledger</c>; its connection string.</summary>
    /// <param name="prepareTemplate">Given a connection string, makes what every copy is to have. Runs once per method
    /// and process, so it must not depend on what it captures.</param>
    public async Task<string> CreateDatabase(Func<string, Task>? prepareTemplate = null)
    {
        var template = prepareTemplate is null
            ? "template1"
            : await _templates.GetOrAdd(
                prepareTemplate.Method, _ => new(() => PrepareTemplate(prepareTemplate))).Value;
        return await Create(template);
    }

    /// <summary>Removes a database, whoever is connected. All of them go with the server anyway.</summary>
    public Task DropDatabase(string connectionString) =>
        Run($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<string> PrepareTemplate(Func<string, Task> prepare)
    {
        var address = await Create("template1");
        await prepare(address);

        // A database can be copied only while nobody is connected to it, an idle pool included.
        var name = new NpgsqlConnectionStringBuilder(address).Database!;
        await Run($"alter database {name} allow_connections false");
        await Run($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{name}'");
        return name;
    }

    private async Task<string> Create(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await Run($"create database {name} owner ledger template {template}");
        return new NpgsqlConnectionStringBuilder(Server.ConnectionString)
        {
            Database = name,

            // Every test has a pool of its own: idle sessions make room for those of the next.
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 1,
        }.ConnectionString;
    }

    private async Task Run(string sql)
    {
        await using var session = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Server.AdminConnectionString) { Database = "postgres" }.ConnectionString);
        await session.OpenAsync();
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync();
    }
}
