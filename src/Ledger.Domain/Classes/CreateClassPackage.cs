namespace Ledger.Domain.Classes;

/// <summary>Sell some classes together. Repeating it with the same id changes nothing.</summary>
/// <param name="ClassCount">At least one.</param>
/// <param name="Price">Of all of them, above zero.</param>
/// <param name="ValidityDays">At least one.</param>
public sealed record CreateClassPackage(
    ClassPackageId Id, string Name, int ClassCount, Money Price, int ValidityDays, bool IsActive, string? Description)
    : ICommand<ClassPackage, ClassPackageEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ClassPackageEvent> Decide(ClassPackage state) => state is ClassPackage.Unknown
        ? [new ClassPackageCreated(Id, Name, ClassCount, Price, ValidityDays, IsActive, Description)]
        : [];
}
