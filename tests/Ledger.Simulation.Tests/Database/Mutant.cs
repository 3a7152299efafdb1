namespace Ledger.Simulation.Tests.Database;

/// <summary>One thing done wrong on purpose, to see that it is found.</summary>
public enum Mutant
{
    None,

    /// <summary>A checkpoint moves whoever's the lease is by now.</summary>
    LeaseWithoutEpoch,

    /// <summary>A checkpoint moves wherever it stood.</summary>
    CheckpointFromAnywhere,

    /// <summary>A message may be completed by one who has lost it.</summary>
    CompletionByAnybody,

    /// <summary>A message ends in a commit after the one that says what it did.</summary>
    CompletionApart,

    /// <summary>What is done frees all that wait for its key, not the next.</summary>
    OrderFreesAll,

    /// <summary>A message is taken although another worker has it.</summary>
    TakenTwice,

    /// <summary>A commit whose answer was lost is not looked for.</summary>
    LostAnswerIsRefusal,

    /// <summary>A stream may be written on an old version.</summary>
    VersionsUnchecked,

    /// <summary>The messages of a commit are left out when its checkpoint moves.</summary>
    SendsForgotten,
}
