namespace Ledger.Domain.Classes;

/// <summary>Hold a class, and let so many take part. Repeating it with the same id changes nothing.</summary>
/// <param name="Capacity">At least one.</param>
/// <param name="Price">Of one place, above zero; null when it cannot be paid with money.</param>
public sealed record CreateClassSession(
    ClassSessionId Id, string Name, Instant StartsAt, int Capacity, Money? Price, int? DurationMinutes, string? Description)
    : ICommand<ClassSession, ClassSessionEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ClassSessionEvent> Decide(ClassSession state) => state is ClassSession.Unknown
        ? [new ClassSessionCreated(Id, Name, StartsAt, Capacity, Price, DurationMinutes, Description)]
        : [];
}
