using Ledger.Domain.Accounting;
using Ledger.EventStore.Events;

namespace Ledger.Scenarios.Races;

/// <summary>All accounts of a tenant, event by event from the log itself.</summary>
internal sealed class Books
{
    private readonly Dictionary<(string Account, string Commodity), long> accounts = [];

    /// <summary>Takes an event down; after each, debits are credits.</summary>
    public void Take(StoredEvent happened)
    {
        if (Journal.Of(happened.Event) is not { } entry) return;
        foreach (var line in entry.Postings)
            accounts[(line.Account, line.Commodity)] = accounts.GetValueOrDefault((line.Account, line.Commodity)) + line.Amount;
        accounts.GroupBy(one => one.Key.Commodity).ShouldAllBe(group => group.Sum(one => one.Value) == 0, $"at {happened.Position}, after {happened.Type}");
    }

    /// <summary>What the accounts hold that begin so, in money.</summary>
    public long Of(string account) => accounts.Where(one => one.Key.Account.StartsWith(account, StringComparison.Ordinal)).Sum(one => one.Value);
}
