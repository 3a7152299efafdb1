using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.LocalPostgres;
using Ledger.Testing;

namespace Ledger.Scenarios.Kills;

/// <summary>A sandbox tenant with a sample of subscribers, billed by a program that anything may happen to.</summary>
internal sealed partial class Telco : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly TestDirectory directory = new();
    private readonly List<LedgerProgram> others = [];
    private string apiKey = "";
    private LedgerClient client = null!;

    private Telco(string database, bool runsWorkers, IReadOnlyDictionary<string, string> more) =>
        Program = new(directory.Path, Told(database, runsWorkers).Concat(more).ToDictionary());

    public LedgerProgram Program { get; }

    /// <summary>With its subscribers in, and the program started. Some of their cards are declined.</summary>
    /// <param name="database">Shared with programs to come; empty for a private one.</param>
    /// <param name="runsWorkers">False for a program that only answers requests.</param>
    /// <param name="more">What else it is told.</param>
    public static async Task<Telco> Open(
        int subscribers, string database = "", bool runsWorkers = true, IReadOnlyDictionary<string, string>? more = null)
    {
        var telco = new Telco(database, runsWorkers, more ?? new Dictionary<string, string>());
        var csv = Path.Combine(telco.directory.Path, "subscribers.csv");
        var created = await telco.Program.Command("tenants", "create", "--name", "Telco", "--clock", "2026-01-30");
        _ = await telco.Program.Command("sample", "--rows", $"{subscribers}", "--seed", "1", "--start-date", "2026-01-31", "--out", csv);
        _ = await telco.Program.Command("import", "--tenant", "Telco", "--mapping", Path.ChangeExtension(csv, ".mapping.json"), csv);
        telco.apiKey = ApiKey().Match(created).Value;
        telco.client = new(telco.Program.Address, telco.apiKey);
        telco.Program.Start();
        return telco;
    }

    private static Dictionary<string, string> Told(string database, bool runsWorkers) =>
        new() { ["LEDGER_DATABASE"] = database, ["LEDGER_WORKERS"] = runsWorkers ? "on" : "off", ["LEDGER_OUTGOING"] = "development" };

    /// <summary>Starts one more program beside it, on the same database.</summary>
    public LedgerProgram Beside(string database, bool runsWorkers, IReadOnlyDictionary<string, string>? more = null)
    {
        var one = new LedgerProgram(directory.Path, Told(database, runsWorkers).Concat(more ?? new Dictionary<string, string>()).ToDictionary());
        others.Add(one);
        one.Start();
        return one;
    }

    /// <summary>From now on asks another program.</summary>
    public void Ask(LedgerProgram program) => client = new(program.Address, apiKey);

    /// <summary>Whoever asks for the tenant.</summary>
    public LedgerClient Client => client;

    /// <summary>Bills the first day, then moves the clock over all days of dunning and the next month's billing.</summary>
    public async Task BillAndChase()
    {
        await Bill();
        await Chase();
    }

    public Task Bill() => Complete("/billing-runs", new { as_of_date = "2026-01-31" });

    public Task Chase() => Complete("/testing/clock-advances", new { to = "2026-03-01T17:00:00Z" });

    /// <summary>The server's address, whoever runs it.</summary>
    public Task<string> Database() => PrivateCluster.Visit(new() { Directory = Program.Cluster });

    public void Dispose()
    {
        foreach (var one in others) one.Dispose();
        Program.Dispose();
        directory.Dispose();
    }

    /// <summary>Asks for it until it is answered, always the same request, and waits until it is done.</summary>
    private async Task Complete(string path, object wanted)
    {
        var key = Guid.NewGuid().ToString();
        var asked = await Answered(() => client.Post(path, wanted, key));
        while ((string?)asked["status"] != "completed")
        {
            await Task.Delay(50);
            asked = await Answered(() => client.Get($"{path}/{asked["id"]}"));
        }
    }

    private async Task<JsonNode> Answered(Func<Task<LedgerAnswer>> ask)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            patience.IsCancellationRequested.ShouldBeFalse(Program.Said);
            try
            {
                var answer = await ask();
                if (answer.Status is 200 or 202) return answer.Json;
                answer.Status.ShouldBeGreaterThanOrEqualTo(500, answer.Text);
            }
            catch (Exception e) when (e is HttpRequestException or IOException) { }   // It is down.

            await Task.Delay(50);
        }
    }

    [GeneratedRegex(@"lk_test_\S+")]
    private static partial Regex ApiKey();
}
