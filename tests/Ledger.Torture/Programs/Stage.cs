using System.Globalization;
using Ledger.LocalPostgres;
using Ledger.Torture.Faults;
using Npgsql;

namespace Ledger.Torture.Programs;

/// <summary>A ledger in four processes: PostgreSQL, an API, and two workers, each behind a proxy of its own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly PrivateCluster server;
    private readonly string postgres;

    private Stage(PrivateCluster server, string directory, Findings findings)
    {
        this.server = server;
        postgres = Path.Combine(directory, "postgres");
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        var socket = Path.Combine(address.Host!, $".s.PGSQL.{address.Port}");
        Command = new(directory, new Dictionary<string, string> { ["LEDGER_DATABASE"] = Database });
        Actors = [
            new(FaultPlan.Api, directory, socket, works: false, findings),
            new(FaultPlan.Worker1, directory, socket, works: true, findings),
            new(FaultPlan.Worker2, directory, socket, works: true, findings),
        ];
    }

    public IReadOnlyList<Actor> Actors { get; }

    public Actor Api => Actors[0];

    /// <summary>For commands of the command line, which have the database without a proxy.</summary>
    public Testing.LedgerProgram Command { get; }

    /// <summary>The database without a proxy.</summary>
    public string Database => server.ConnectionString;

    /// <param name="prepare">Given what runs commands, does what comes before the programs start.</param>
    public static async Task<Stage> Open(string directory, Findings findings, Func<Testing.LedgerProgram, Task> prepare)
    {
        var server = await PrivateCluster.Start(new() { Directory = Path.Combine(directory, "postgres") });
        await prepare(new(directory, new Dictionary<string, string> { ["LEDGER_DATABASE"] = server.ConnectionString }));
        return new(server, directory, findings);
    }

    public Actor Actor(string name) => Actors.Single(one => one.Name == name);

    /// <summary>Ends PostgreSQL where it stands; what watches over it starts it again.</summary>
    public async Task KillServer()
    {
        while (true)
        {
            try
            {
                var lines = await File.ReadAllLinesAsync(Path.Combine(postgres, "data", "postmaster.pid"));
                using var postmaster = System.Diagnostics.Process.GetProcessById(int.Parse(lines[0], CultureInfo.InvariantCulture));
                postmaster.Kill();
                return;
            }
            catch (Exception e) when (e is IOException or ArgumentException or FormatException or IndexOutOfRangeException)
            {
                await Task.Delay(50);   // It is down from the last time.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Actors) await one.DisposeAsync();
        await server.DisposeAsync();
    }
}
