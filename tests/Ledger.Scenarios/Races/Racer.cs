using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Races;

/// <summary>One of many clients: sends what comes to its mind, and now and then what it has sent before, under the same key.</summary>
internal sealed class Racer(Ground ground, int number, int seed)
{
    private readonly Random random = new(seed);
    private readonly LedgerClient client = ground.Tenant.Admin.At(ground.App.Address);
    private readonly List<(string Path, object Body, string Key, LedgerAnswer Answer)> kept = [];
    private int sent;

    public Ground Ground => ground;

    public Random Random => random;

    /// <summary>What must not be.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How often each answer was given: the operation's last words and the code.</summary>
    public Dictionary<string, int> Tally { get; } = [];

    public async Task Run(int moves)
    {
        var deeds = Deeds.All;
        for (var i = 0; i < moves; i++)
        {
            if (kept.Count > 0 && random.Next(8) == 0) await Repeat(kept[random.Next(kept.Count)]);
            else await deeds[random.Next(deeds.Count)](this);
        }
    }

    public Task<LedgerAnswer> Get(string path) => client.Get(path);

    /// <summary>Sends a command; sometimes twice at once, under one key.</summary>
    public async Task<LedgerAnswer> Post(string path, object body)
    {
        var key = $"racer-{number}-{++sent}";
        var answers = await Task.WhenAll(Enumerable.Range(0, random.Next(6) == 0 ? 2 : 1).Select(_ => client.Post(path, body, key)));
        foreach (var one in answers) Judge($"POST {path}", one);
        foreach (var one in answers.Where(IsDone)) kept.Add((path, body, key, one));
        return answers.FirstOrDefault(IsDone) ?? answers[0];
    }

    public async Task<LedgerAnswer> Put(string path, object body)
    {
        var answer = await client.Put(path, body);
        Judge($"PUT {path}", answer);
        return answer;
    }

    public static Money Isk(long amount) => new(amount, "ISK");

    private async Task Repeat((string Path, object Body, string Key, LedgerAnswer Answer) one)
    {
        var again = await client.Post(one.Path, one.Body, one.Key);
        Judge($"POST {one.Path}", again);
        if (again.Code == "try_again" || !again.Headers.ContainsKey("Idempotent-Replayed")) return;   // Known by what it is about, not by its key.
        if (again.Text != one.Answer.Text) Faults.Add($"{one.Path} was answered {one.Answer.Text} and under the same key {again.Text}");
    }

    private void Judge(string what, LedgerAnswer answer)
    {
        var words = string.Join('/', what.Split('/').Where(part => !Guid.TryParse(part, out _)));
        var tally = $"{words} {answer.Status} {(answer.Status < 400 ? "" : answer.Code)}";
        Tally[tally] = Tally.GetValueOrDefault(tally) + 1;
        if (answer.Status >= 500 || answer.Status is 400 or 401 or 403) Faults.Add($"{what} was answered {answer.Status} {answer.Text}");
    }

    private static bool IsDone(LedgerAnswer answer) => answer.Status is 200 or 201;

    internal sealed record Money(long amount, string currency);
}

internal static class Told
{
    /// <summary>The id under a name, put among the others, where there is one.</summary>
    public static void Into(this LedgerAnswer answer, Things things, string name = "id")
    {
        if (answer.Status < 300 && answer.Text.StartsWith('{') && JsonNode.Parse(answer.Text)![name] is { } id) things.Add(id.ToString());
    }
}
