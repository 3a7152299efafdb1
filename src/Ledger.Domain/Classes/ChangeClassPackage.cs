namespace Ledger.Domain.Classes;

/// <summary>Say what a class package is from now on. What was bought stays. Saying what is known already changes nothing.</summary>
/// <remarks>Refuses with <c>class_package_not_found</c>.</remarks>
public sealed record ChangeClassPackage(
    ClassPackageId Id, string Name, int ClassCount, Money Price, int ValidityDays, bool IsActive, string? Description)
    : ICommand<ClassPackage, ClassPackageEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ClassPackageEvent> Decide(ClassPackage state)
    {
        if (state is not ClassPackage.Known known) return ClassPackageRejections.NotFound;
        return known == new ClassPackage.Known(Id, Name, ClassCount, Price, ValidityDays, IsActive, Description)
            ? []
            : [new ClassPackageChanged(Id, Name, ClassCount, Price, ValidityDays, IsActive, Description)];
    }
}
