using Ledger.Domain.Amounts;
using Ledger.Domain.Classes;
using Ledger.Projections.Classes;

namespace Ledger.Api.Classes;

/// <summary>What a request may say of a class package. What is absent stays as it is.</summary>
/// <param name="Price">Of all its classes together.</param>
/// <param name="ValidityDays">How long its classes can be used.</param>
/// <param name="Active">Whether it is sold; a new one is, unless it says otherwise.</param>
public sealed record ClassPackageRequest(
    string? Name = null, string? Description = null, int? ClassCount = null, Money? Price = null, int? ValidityDays = null, bool? Active = null)
{
    private const int ClassesMax = 1000, DaysMax = 3660;

    public void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Name is not null, "/name", "required", "A package has a name.").Text(Name, "/name", 200)
        .Text(Description, "/description", 2000)
        .And(!isNew || ClassCount is not null, "/class_count", "required", "A package has classes.")
        .And(ClassCount is null or >= 1 and <= ClassesMax, "/class_count", "out_of_range", $"From 1 to {ClassesMax}.")
        .And(!isNew || Price is not null, "/price", "required", "A package has a price.").Price(Price, "/price")
        .And(!isNew || ValidityDays is not null, "/validity_days", "required", "Classes can be used for a number of days.")
        .And(ValidityDays is null or >= 1 and <= DaysMax, "/validity_days", "out_of_range", $"From 1 to {DaysMax}.").OrRefuse();
}

/// <summary>A class package on the wire.</summary>
/// <param name="PricePerClass">Rounded to the smallest unit; what each class is worth adds up to the price all the same.</param>
public sealed record ClassPackageResponse(
    ClassPackageId Id, string Name, string? Description, int ClassCount, Money Price, Money PricePerClass, int ValidityDays, bool Active)
{
    public static ClassPackageResponse From(ClassPackage.Known known) => new(
        known.Id, known.Name, known.Description, known.ClassCount, known.Price, PerClass(known.Price, known.ClassCount), known.ValidityDays, known.IsActive);

    public static ClassPackageResponse From(ClassPackageRow row)
    {
        var price = new Money(row.Price, Currency.Parse(row.Currency));
        return new(new(row.Id), row.Name, row.Description, row.ClassCount, price, PerClass(price, row.ClassCount), row.ValidityDays, row.IsActive);
    }

    private static Money PerClass(Money price, int classes) => price with { Amount = Money.RoundHalfAway(price.Amount, classes) };
}
