namespace Ledger.Messaging;

/// <summary>The waiting messages, as the runtime takes them and gives them back.</summary>
internal interface IMessageLeases
{
    /// <summary>Takes messages that are due, and nobody else's for the length of a lease.</summary>
    Task<List<LeasedMessage>> Take(int limit, CancellationToken ct);

    /// <summary>Keeps what is still being worked on; what a batch is just completing is left to it.</summary>
    Task<int> Extend(IReadOnlyCollection<MessageLease> leases, CancellationToken ct);

    /// <summary>Gives a message back, to be taken again after a while.</summary>
    /// <param name="failure">Null when it is only early: then its failures are behind it, for one that takes long meets many.</param>
    Task<int> PutBack(MessageLease lease, TimeSpan after, string? failure, CancellationToken ct);

    /// <summary>Gives a message up, to be seen by staff.</summary>
    Task Bury(MessageLease lease, string failure, CancellationToken ct);
}
