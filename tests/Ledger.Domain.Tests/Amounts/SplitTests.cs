using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;

namespace Ledger.Domain.Tests.Amounts;

public class SplitTests
{
    private static readonly Gen<(Money Whole, long[] Weights)> AnySplit =
        from whole in AnyMoney
        from weights in Gen.OneOf(Gen.Choose(0, 4).Select(weight => (long)weight), Between(0, long.MaxValue)).ArrayOf()
        where weights.Any(weight => weight > 0)
        select (whole, weights);

    [Theory]
    [InlineData("C-11", 800, new long[] { 1, 1, 1 }, new long[] { 267, 267, 266 })]
    [InlineData("C-11 credited", -800, new long[] { 1, 1, 1 }, new long[] { -267, -267, -266 })]
    [InlineData("C-13", 100, new long[] { 333, 333, 334 }, new long[] { 33, 33, 34 })]
    [InlineData("J-01", 3100, new long[] { 17, 14 }, new long[] { 1700, 1400 })]
    [InlineData("J-03", 12000, new long[] { 16, 31, 31, 30, 12 }, new long[] { 1600, 3100, 3100, 3000, 1200 })]
    [InlineData("ties", 1, new long[] { 5, 5 }, new long[] { 1, 0 })]
    [InlineData("weightless", 2, new long[] { 0, 1, 0, 1, 1 }, new long[] { 0, 1, 0, 1, 0 })]
    [InlineData("one part", -7, new long[] { 3 }, new long[] { -7 })]
    [InlineData("nothing", 0, new long[] { 0, 0 }, new long[] { 0, 0 })]
    [InlineData("nobody", 0, new long[0], new long[0])]
    [InlineData("lowest", long.MinValue, new long[] { long.MaxValue, long.MaxValue },
        new long[] { long.MinValue / 2, long.MinValue / 2 })]
    public void By_weight_with_the_largest_remainder(string id, long whole, long[] weights, long[] expected) =>
        Eur(whole).Split(weights).Select(part => part.Amount).ShouldBe(expected, id);

    [Fact]
    public void C_13_leaves_the_same_of_every_line()
    {
        Money[] lines = [Eur(333), Eur(333), Eur(334)];
        var discounts = Eur(100).Split(333, 333, 334);
        lines.Zip(discounts, (line, discount) => line - discount).ShouldBe([Eur(300), Eur(300), Eur(300)]);
    }

    [Fact]
    public void An_amount_that_nobody_is_to_have_is_refused()
    {
        Should.Throw<ArgumentException>(() => Eur(1).Split(0, 0));
        Should.Throw<ArgumentException>(() => Eur(1).Split());
        Should.Throw<ArgumentException>(() => Eur(1).Split(2, -1));
    }

    [Fact]
    public void The_parts_add_up_to_the_whole() => Check((whole, weights, parts) =>
        parts.Aggregate((Int128)0, (sum, part) => sum + part.Amount) == whole.Amount
            && parts.All(part => part.Currency == whole.Currency));

    [Fact]
    public void No_part_is_a_unit_away_from_its_exact_share() => Check((whole, weights, parts) =>
    {
        var total = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
        return parts.Zip(weights).All(pair =>
        {
            // Compared as quotient and remainder, since the product of three such numbers does not fit.
            var (exact, rest) = Int128.DivRem((Int128)whole.Amount * pair.Second, total);
            var error = pair.First.Amount - exact;
            return rest == 0 ? error == 0 : error == 0 || error == Int128.Sign(rest);
        });
    });

    [Fact]
    public void Of_parts_alike_the_earlier_has_no_less() => Check((whole, weights, parts) =>
        Enumerable.Range(0, weights.Length).All(i => Enumerable.Range(i + 1, weights.Length - i - 1).All(j =>
            weights[i] != weights[j] || Math.Abs((decimal)parts[i].Amount) >= Math.Abs((decimal)parts[j].Amount))));

    [Fact]
    public void A_credit_is_split_as_its_charge_was() => Check((whole, weights, parts) =>
        (-whole).Split(weights).SequenceEqual(parts.Select(part => -part)));

    private static void Check(Func<Money, long[], Money[], bool> holds) =>
        Prop.ForAll(AnySplit.ToArbitrary(), split =>
            holds(split.Whole, split.Weights, split.Whole.Split(split.Weights))).QuickCheckThrowOnFailure();
}
