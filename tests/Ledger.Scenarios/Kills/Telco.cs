using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.EventStore.Cluster;
using Ledger.Testing;

namespace Ledger.Scenarios.Kills;

/// <summary>A sandbox tenant with a sample of subscribers, billed by a program that anything may happen to.</summary>
internal sealed partial class Telco : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly TestDirectory directory = new();
    private LedgerClient client = null!;

    private Telco() => Program = new(directory.Path);

    public LedgerProgram Program { get; }

    /// <summary>With its subscribers in, and the program started. Some of their cards are declined.</summary>
    public static async Task<Telco> Open(int subscribers)
    {
        var telco = new Telco();
        var csv = Path.Combine(telco.directory.Path, "subscribers.csv");
        var created = await telco.Program.Command("tenants", "create", "--name", "Telco", "--clock", "2026-01-30");
        _ = await telco.Program.Command("sample", "--rows", $"{subscribers}", "--seed", "1", "--start-date", "2026-01-31", "--out", csv);
        _ = await telco.Program.Command("import", "--tenant", "Telco", "--mapping", Path.ChangeExtension(csv, ".mapping.json"), csv);
        telco.client = new(telco.Program.Address, ApiKey().Match(created).Value);
        telco.Program.Start();
        return telco;
    }

    /// <summary>Bills the first day, then moves the clock over all days of dunning and the next month's billing.</summary>
    public async Task BillAndChase()
    {
        await Complete("/billing-runs", new { as_of_date = "2026-01-31" });
        await Complete("/testing/clock-advances", new { to = "2026-03-01T17:00:00Z" });
    }

    /// <summary>The server's address, whoever runs it.</summary>
    public Task<string> Database() => PrivateCluster.Visit(new() { Directory = Program.Cluster });

    public void Dispose()
    {
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
