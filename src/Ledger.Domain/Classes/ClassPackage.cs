namespace Ledger.Domain.Classes;

/// <summary>What can happen to a class package. Stored forever: add cases, never edit them.</summary>
public abstract record ClassPackageEvent : IEvent
{
    private protected ClassPackageEvent() { }
}

/// <param name="Price">Of all its classes together.</param>
/// <param name="ValidityDays">How long the classes can be used, from the day they are bought.</param>
/// <param name="IsActive">Whether it is sold.</param>
public sealed record ClassPackageCreated(
    ClassPackageId Id, string Name, int ClassCount, Money Price, int ValidityDays, bool IsActive, string? Description = null) : ClassPackageEvent;

/// <summary>All that is known from now on, changed or not. What was bought stays as it was.</summary>
public sealed record ClassPackageChanged(
    ClassPackageId Id, string Name, int ClassCount, Money Price, int ValidityDays, bool IsActive, string? Description = null) : ClassPackageEvent;

/// <summary>Some classes that are sold together, as they are now.</summary>
public abstract record ClassPackage : IState<ClassPackage, ClassPackageEvent>
{
    private ClassPackage() { }

    public sealed record Unknown : ClassPackage;

    public sealed record Known(
        ClassPackageId Id, string Name, int ClassCount, Money Price, int ValidityDays, bool IsActive, string? Description) : ClassPackage;

    public static ClassPackage Initial { get; } = new Unknown();

    public static ClassPackage Evolve(ClassPackage state, ClassPackageEvent @event) => @event switch
    {
        ClassPackageCreated made => new Known(
            made.Id, made.Name, made.ClassCount, made.Price, made.ValidityDays, made.IsActive, made.Description),
        ClassPackageChanged changed => new Known(
            changed.Id, changed.Name, changed.ClassCount, changed.Price, changed.ValidityDays, changed.IsActive, changed.Description),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a class package can say.</summary>
public static class ClassPackageRejections
{
    public static readonly Rejection NotFound = new("class_package_not_found", RejectionKind.NotFound, "No class package has this id.");

    public static readonly Rejection Inactive = new("class_package_inactive", RejectionKind.Conflict, "The class package is not sold at present.");
}
