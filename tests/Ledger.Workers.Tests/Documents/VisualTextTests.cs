using Ledger.Application.Documents.Pdf;


namespace Ledger.Workers.Tests.Documents;

/// <summary>By the rules of UAX 9. Hebrew is written here as it is read, one letter after the other.</summary>
public class VisualTextTests
{
    private const string Abc = "\u05d0\u05d1\u05d2", Cba = "\u05d2\u05d1\u05d0";
    private const string Def = "\u05d3\u05d4\u05d5", Fed = "\u05d5\u05d4\u05d3";

    [Theory]
    [InlineData("Anna Jensen 123", "Anna Jensen 123")]
    [InlineData("", "")]
    [InlineData(Abc, Cba)]
    [InlineData(Abc + " " + Def, Fed + " " + Cba)]
    [InlineData(Abc + " " + Def + " 123", "123 " + Fed + " " + Cba)]
    [InlineData(Abc + " 1.234,50", "1.234,50 " + Cba)]
    [InlineData("Order " + Abc + " " + Def, "Order " + Fed + " " + Cba)]
    [InlineData("Order " + Abc + " 7", "Order 7 " + Cba)]
    [InlineData("Order 7 " + Abc, "Order 7 " + Cba)]
    [InlineData(Abc + " Shop " + Def, Fed + " Shop " + Cba)]
    [InlineData(Abc + " (" + Def + ")", "(" + Fed + ") " + Cba)]
    [InlineData(Abc + " (Shop 5)", "(Shop 5) " + Cba)]
    [InlineData("\u05d0\u05b8\u05d1", "\u05d1\u05d0\u05b8")]
    public void A_line_stands_on_paper_as_it_is_read_from_each_side(string read, string drawn) => VisualText.Of(read).ShouldBe(drawn);

    [Fact]
    public void Accents_are_composed_with_their_letters() => VisualText.Composed("Jo\u0301n Cafe\u0301").ShouldBe("J\u00f3n Caf\u00e9");
}
