namespace Ledger.EventStore;

/// <summary>What must hold of the events of every commit, whatever decided them.</summary>
public interface ICommitRule
{
    /// <exception cref="InvalidOperationException">It does not hold: nothing is written, and the fault is in a decision.</exception>
    void Check(IReadOnlyList<(StreamId Stream, IEvent Event)> events);
}
