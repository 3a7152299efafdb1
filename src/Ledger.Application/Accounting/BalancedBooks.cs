using Ledger.Domain.Accounting;

namespace Ledger.Application.Accounting;

/// <summary>Nothing is written that cannot be booked: every event balances, and money that came in has found what it is for.</summary>
public sealed class BalancedBooks : ICommitRule
{
    public void Check(IReadOnlyList<(StreamId Stream, IEvent Event)> events)
    {
        Dictionary<string, Int128>? unapplied = null;
        foreach (var (_, happened) in events)
        {
            if (Journal.Of(happened) is not { } entry) continue;
            if (entry.Unbalanced().FirstOrDefault() is { } commodity)
                throw new InvalidOperationException($"Debits and credits of {happened.GetType().Name} differ in {commodity}.");
            foreach (var posting in entry.Postings.Where(one => one.Account == Account.Unapplied))
            {
                unapplied ??= [];
                unapplied[posting.Commodity] = unapplied.GetValueOrDefault(posting.Commodity) + posting.Amount;
            }
        }

        if (unapplied?.Any(one => one.Value != 0) is true)
            throw new InvalidOperationException($"{events[^1].Event.GetType().Name} would leave money without a purpose.");
    }
}
