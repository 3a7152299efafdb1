using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Decisions.Json;
using static Ledger.Domain.Tests.Amounts.AmountExamples;

namespace Ledger.Domain.Tests.Amounts;

public class TaxTests
{
    private static readonly Gen<TaxableLine> AnyLine =
        from units in Gen.OneOf(Gen.Choose(-50, 50).Select(units => (long)units), Between(-1L << 50, 1L << 50))
        from rate in Gen.Elements("0", "0.11", "0.24", "0.125", "0.000001", "1")
        select new TaxableLine(Eur(units), Rate(rate));

    [Theory]
    [InlineData("C-J15", 15000, "0.24", true, 12097, 2903)]
    [InlineData("C-15", 999, "0.21", false, 999, 210)]
    [InlineData("C-15", 997, "0.21", false, 997, 209)]
    [InlineData("T-05", 0, "0.2", false, 0, 0)]
    [InlineData("T-13", 15467, "0.25", false, 15467, 3867)]
    [InlineData("T-15", 72686, "0.2", false, 72686, 14537)]
    [InlineData("T-15 rest", 4214, "0.2", false, 4214, 843)]
    [InlineData("T-15 total", 76900, "0.2", false, 76900, 15380)]
    [InlineData("half", 50, "0.01", false, 50, 1)]
    [InlineData("half of a credit", -50, "0.01", false, -50, -1)]
    [InlineData("all of it", 100, "1", true, 50, 50)]
    public void The_tax_of_one_line(string id, long amount, string rate, bool inclusive, long net, long tax)
    {
        var taxed = Tax.Of(Isk(0).Currency, [new(Isk(amount), Rate(rate))], inclusive);
        taxed.Total.ShouldBe(new TaxedAmount(Isk(net), Isk(tax)), id);
        taxed.Total.Gross.ShouldBe(Isk(net + tax), id);
        taxed.Lines.ShouldBe([taxed.Total], id);
    }

    [Fact]
    public void Lines_of_one_rate_are_taxed_together_and_share_the_tax()
    {
        // Each alone would be taxed 0.24, rounded to 0: three of them owe 0.72, which is 1.
        var line = new TaxableLine(Isk(1), Rate("0.24"));
        var taxed = Tax.Of(Isk(0).Currency, [line, line, line], inclusive: false);
        taxed.Lines.Select(one => one.Tax).ShouldBe([Isk(1), Isk(0), Isk(0)]);
        taxed.Total.ShouldBe(new TaxedAmount(Isk(3), Isk(1)));
    }

    [Fact]
    public void Each_rate_has_its_own_total_the_lowest_first()
    {
        var taxed = Tax.Of(
            Isk(0).Currency,
            [
                new(Isk(7500), Rate("0.24")), new(Isk(1110), Rate("0.11")),
                new(Isk(7500), Rate("0.24")), new(Isk(100), Rate("0")),
            ],
            inclusive: true);
        taxed.Rates.ShouldBe([
            new(Rate("0"), new(Isk(100), Isk(0))),
            new(Rate("0.11"), new(Isk(1000), Isk(110))),
            new(Rate("0.24"), new(Isk(12097), Isk(2903)))]);
        taxed.Lines.ShouldBe([
            new(Isk(6048), Isk(1452)), new(Isk(1000), Isk(110)), new(Isk(6049), Isk(1451)), new(Isk(100), Isk(0))]);
        taxed.Total.ShouldBe(new TaxedAmount(Isk(13197), Isk(3013)));
    }

    [Fact]
    public void A_charge_and_its_whole_credit_owe_nothing()
    {
        TaxableLine[] lines = [new(Eur(333), Rate("0.24")), new(Eur(-333), Rate("0.24"))];
        var taxed = Tax.Of(Eur(0).Currency, lines, inclusive: false);
        taxed.Total.ShouldBe(new TaxedAmount(Eur(0), Eur(0)));
        taxed.Lines.Select(line => line.Tax).ShouldBe([Eur(80), Eur(-80)]);
    }

    [Fact]
    public void No_lines_owe_nothing()
    {
        var taxed = Tax.Of(Eur(0).Currency, [], inclusive: true);
        taxed.Rates.ShouldBeEmpty();
        taxed.Total.ShouldBe(new TaxedAmount(Eur(0), Eur(0)));
    }

    [Fact]
    public void A_line_in_another_currency_is_refused() => Should.Throw<InvalidOperationException>(
        () => Tax.Of(Eur(0).Currency, [new(Isk(1), Rate("0.24"))], inclusive: false));

    [Fact]
    public void Its_JSON_keeps_what_is_not_derived()
    {
        const string Json = """{"net":{"amount":3,"currency":"EUR"},"tax":{"amount":1,"currency":"EUR"}}""";
        JsonSerializer.Serialize(new TaxedAmount(Eur(3), Eur(1)), LedgerJson.Options).ShouldBe(Json);
        JsonSerializer.Deserialize<TaxedAmount>(Json, LedgerJson.Strict).ShouldBe(new TaxedAmount(Eur(3), Eur(1)));
    }

    [Fact]
    public void Lines_add_up_to_their_rate_and_rates_to_the_invoice() => Check((lines, inclusive, taxed) =>
        taxed.Rates.All(rate => rate.Total == Sum(taxed.Lines.Where((_, i) => lines[i].Rate == rate.Rate)))
            && taxed.Total == Sum(taxed.Lines)
            && taxed.Total == Sum(taxed.Rates.Select(rate => rate.Total)));

    [Fact]
    public void Tax_is_rounded_once_per_rate_on_the_sum() => Check((lines, inclusive, taxed) =>
        taxed.Rates.All(rate =>
        {
            var sum = lines.Where(line => line.Rate == rate.Rate).Sum(line => (decimal)line.Amount.Amount);
            var exact = inclusive ? sum * rate.Rate.Value / (1 + rate.Rate.Value) : sum * rate.Rate.Value;
            return rate.Total.Tax.Amount == decimal.Round(exact, MidpointRounding.AwayFromZero);
        }));

    [Fact]
    public void The_amount_of_a_line_stays_and_its_tax_is_less_than_a_unit_off() => Check((lines, inclusive, taxed) =>
        taxed.Lines.Zip(lines).All(pair =>
        {
            var (one, line) = pair;
            var by = inclusive ? 1 + line.Rate.Value : 1;
            var error = (one.Tax.Amount * by) - (line.Amount.Amount * line.Rate.Value);
            return line.Amount == (inclusive ? one.Gross : one.Net) && Math.Abs(error) < by;
        }));

    [Fact]
    public void A_credit_note_takes_back_each_line_as_it_was() => Check((lines, inclusive, taxed) =>
    {
        TaxableLine[] credit = [.. lines.Select(line => line with { Amount = -line.Amount })];

        // Charges and credits that come to nothing have no side to mirror: a tie stays with the earlier line.
        return lines.GroupBy(line => line.Rate).Any(rate => rate.Sum(line => line.Amount.Amount) == 0) || Tax
            .Of(Eur(0).Currency, credit, inclusive).Lines
            .SequenceEqual(taxed.Lines.Select(line => new TaxedAmount(-line.Net, -line.Tax)));
    });

    private static TaxedAmount Sum(IEnumerable<TaxedAmount> amounts) => amounts.Aggregate(
        new TaxedAmount(Eur(0), Eur(0)), (sum, one) => new TaxedAmount(sum.Net + one.Net, sum.Tax + one.Tax));

    private static void Check(Func<TaxableLine[], bool, TaxedLines, bool> holds)
    {
        foreach (var inclusive in (bool[])[true, false])
        {
            Prop.ForAll(AnyLine.ArrayOf().ToArbitrary(), lines =>
                holds(lines, inclusive, Tax.Of(Eur(0).Currency, lines, inclusive))).QuickCheckThrowOnFailure();
        }
    }
}
