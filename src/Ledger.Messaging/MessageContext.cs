namespace Ledger.Messaging;

/// <summary>A message in a worker's hands.</summary>
/// <param name="Now">By the tenant's clock.</param>
public sealed record MessageContext(Guid Id, string Tenant, string Type, Instant Now, int Attempts, string? CorrelationId, string? CausationId)
{
    internal bool IsCompleted { get; private set; }

    /// <summary>For a commit on the way.</summary>
    public CommandContext Continuing => new(Tenant, "worker", Type, Now)
    {
        CorrelationId = CorrelationId ?? Id.ToString(),
        CausationId = Id.ToString(),
        RequestId = CorrelationId,
    };

    /// <summary>For the last commit: with it, the message is done.</summary>
    public CommandContext Completing()
    {
        IsCompleted = true;
        return Continuing with { Completes = new(Id, Attempts) };
    }

    /// <summary>For a commit without a command: with it, the message is done.</summary>
    public MessageLease Complete() => Completing().Completes!;

    /// <summary>A message that follows from this one.</summary>
    /// <param name="name">What for, unique within this message.</param>
    public NewMessage Follow(string name, IMessage message, Instant? notBefore = null) =>
        Outgoing.Derived(Id, name, Tenant, new(message, notBefore), CorrelationId ?? Id.ToString(), Id.ToString());
}
