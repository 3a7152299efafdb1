using Ledger.Gateways.Entered;

namespace Ledger.Gateways.Tests.Entered;

public class EnteredTextTests
{
    [Theory]
    [InlineData("Anna", "Anna")]
    [InlineData("Line one\r\nline two\tand more", "Line one\r\nline two\tand more")]
    [InlineData("Jo\u0301n Cafe\u0301", "J\u00f3n Caf\u00e9")]
    [InlineData("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd")]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("\ud83d\udc69\u200d\ud83d\udcbb", "\ud83d\udc69\u200d\ud83d\udcbb")]
    [InlineData("No\u00a0break", "No\u00a0break")]
    public void A_text_is_kept_composed(string text, string kept)
    {
        EnteredText.TryNormalize(text, out var normal).ShouldBeTrue();
        normal.ShouldBe(kept);
    }

    [Theory]
    [InlineData("Anna\u200b"), InlineData("An\u200dna"), InlineData("An\u200cna"), InlineData("\ufeffAnna"), InlineData("An\u00adna"), InlineData("Anna\u202e")]
    [InlineData("An\u2060na"), InlineData("An\u0000na"), InlineData("An\u001bna"), InlineData("An\u0085na"), InlineData("An\u2028na"), InlineData("An\u007fna")]
    [InlineData("An\ue000na"), InlineData("\u3164"), InlineData("J\u00f3n\u0000"), InlineData("\u06cc\u200c")]
    public void What_nobody_sees_is_refused(string text) => EnteredText.TryNormalize(text, out _).ShouldBeFalse();

    [Fact]
    public void Half_of_a_character_is_refused() => EnteredText.TryNormalize($"An{'\ud800'}na", out _).ShouldBeFalse();

    [Theory]
    [InlineData(1989, false), InlineData(1990, true), InlineData(2200, true), InlineData(2201, false), InlineData(21, false)]
    public void Dates_are_believed_within_bounds(int year, bool isPossible) => EnteredDate.IsPossible(new(year, 6, 1)).ShouldBe(isPossible);
}
