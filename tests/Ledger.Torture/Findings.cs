using System.Collections.Concurrent;

namespace Ledger.Torture;

/// <summary>What is not as it should be. Empty is good.</summary>
internal sealed class Findings
{
    private readonly ConcurrentQueue<string> all = new();

    public IReadOnlyList<string> All => [.. all];

    public void Add(string finding) => all.Enqueue(finding);

    public void AddAll(IEnumerable<string> some)
    {
        foreach (var one in some) Add(one);
    }
}
