namespace Ledger.Api.Tests.Fuzz;

/// <summary>How the answers were spread, and what was wrong with some.</summary>
internal sealed class FuzzTally
{
    private readonly SortedDictionary<int, int> statuses = [];
    private readonly HashSet<string> operations = [];
    private readonly Dictionary<string, TimeSpan> times = [];

    public List<string> Faults { get; } = [];

    /// <summary>How many got what they asked for.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many were no requests to Kestrel.</summary>
    public int OfKestrel { get; private set; }

    public void Add(HostileRequest request, FuzzAnswer answer, string? fault, TimeSpan took)
    {
        _ = operations.Add(request.Operation);
        times[request.Operation] = times.GetValueOrDefault(request.Operation) + took;
        statuses[answer.Status] = statuses.GetValueOrDefault(answer.Status) + 1;
        if (answer.Status < 300) Accepted++;
        if (answer.IsOfKestrel) OfKestrel++;
        if (fault is not null) Faults.Add($"{fault}\n  {request}\n  {answer.Status} {answer.Text[..Math.Min(300, answer.Text.Length)]}");
    }

    public bool IsEveryOneAsked(IEnumerable<string> all) => all.All(operations.Contains);

    public override string ToString() => string.Join(", ", statuses.Select(one => $"{one.Key}: {one.Value}")) + $"; by Kestrel: {OfKestrel}; most time went to "
        + string.Join(", ", times.OrderByDescending(one => one.Value).Take(5).Select(one => $"{one.Key} {one.Value.TotalSeconds:0.0} s"));
}
