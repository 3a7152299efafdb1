using FsCheck;
using FsCheck.Fluent;

namespace Ledger.Domain.Tests.Amounts;

/// <summary>Amounts by hand, and amounts by chance.</summary>
internal static class AmountExamples
{
    /// <summary>Small ones, where ties are frequent, and such as hardly fit.</summary>
    public static readonly Gen<long> AnyUnits = Gen.OneOf(
        Gen.Choose(-50, 50).Select(units => (long)units),
        Between(-5_000_000_000, 5_000_000_000),
        Between(-long.MaxValue, long.MaxValue));

    public static readonly Gen<Currency> AnyCurrency = Gen.Elements<Currency>([.. Currency.All]);

    public static readonly Gen<Money> AnyMoney =
        from units in AnyUnits
        from currency in AnyCurrency
        select new Money(units, currency);

    /// <summary>Both included.</summary>
    public static Gen<long> Between(long min, long max) => FsCheck.FSharp.Gen.Choose64(min, max);

    public static Money Usd(decimal amount) => Money.FromDecimal(amount, Currency.Parse("USD"));

    public static Money Isk(long amount) => new(amount, Currency.Parse("ISK"));

    public static Money Eur(long cents) => new(cents, Currency.Parse("EUR"));

    public static TaxRate Rate(string rate) => TaxRate.Parse(rate);
}
