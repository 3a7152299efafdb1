using System.Globalization;
using System.Text;
using Ledger.Gateways.Entered;

namespace Ledger.Application.Documents.Pdf;

/// <summary>A line of text in the order in which its letters stand on paper, from left to right.</summary>
/// <remarks>
/// Letters and accents are composed. Hebrew and its like run from the right, numbers and Latin words within them from the left: the rules
/// of the Unicode Bidirectional Algorithm (UAX 9) for one line without embeddings.
/// </remarks>
internal static class VisualText
{
    private const string Mirrored = "()[]{}<>«»";

    private enum Direction { Left, Right, Number, Neutral }

    public static string Composed(string text) => Ascii.IsValid(text) ? text : EnteredText.Composed(text);

    /// <param name="text">Composed, as it is read.</param>
    public static string Of(string text)
    {
        if (!text.EnumerateRunes().Any(rune => DirectionOf(rune) is Direction.Right)) return text;
        var letters = Letters(text);
        var levels = Levels([.. letters.Select(letter => DirectionOf(letter.EnumerateRunes().First()))], letters);
        for (var level = levels.Max(); level > 0; level--) Reverse(letters, levels, level);
        return string.Concat(letters.Select((letter, i) => levels[i] % 2 == 1 ? Mirror(letter) : letter));
    }

    /// <summary>Each letter with the marks that stand on it.</summary>
    private static List<string> Letters(string text)
    {
        var letters = new List<string>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (letters.Count > 0 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) letters[^1] += rune.ToString();
            else letters.Add(rune.ToString());
        }

        return letters;
    }

    private static int[] Levels(Direction[] of, List<string> letters)
    {
        var first = Array.Find(of, one => one is Direction.Left or Direction.Right);
        var paragraph = first is Direction.Right ? 1 : 0;

        // A separator between two numbers is part of one number; after a Latin letter a number is like that.
        for (var i = 1; i < of.Length - 1; i++)
            if (of[i] is Direction.Neutral && of[i - 1] is Direction.Number && of[i + 1] is Direction.Number && letters[i] is "." or "," or ":" or "/" or "-") of[i] = Direction.Number;
        var last = first;
        for (var i = 0; i < of.Length; i++)
        {
            if (of[i] is Direction.Left or Direction.Right) last = of[i];
            else if (of[i] is Direction.Number && last is Direction.Left) of[i] = Direction.Left;
        }

        // What has no direction takes that of both its sides, where they agree; else that of the whole.
        for (var i = 0; i < of.Length;)
        {
            var until = i;
            while (until < of.Length && of[until] is Direction.Neutral) until++;
            var (before, after) = (i == 0 ? paragraph : Side(of[i - 1]), until == of.Length ? paragraph : Side(of[until]));
            for (; i < until; i++) of[i] = (before == after ? before : paragraph) == 1 ? Direction.Right : Direction.Left;
            i++;
        }

        return [.. of.Select(one => one switch
        {
            Direction.Right => 1, Direction.Number => 2, _ => paragraph == 1 ? 2 : 0,
        })];
    }

    private static int Side(Direction direction) => direction is Direction.Left ? 0 : 1;

    private static void Reverse(List<string> letters, int[] levels, int level)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] < level) continue;
            var from = i;
            while (i < levels.Length && levels[i] >= level) i++;
            letters.Reverse(from, i - from);
            Array.Reverse(levels, from, i - from);
        }
    }

    private static string Mirror(string letter)
    {
        var at = letter.Length == 1 ? Mirrored.IndexOf(letter[0], StringComparison.Ordinal) : -1;
        return at < 0 ? letter : Mirrored[at ^ 1].ToString();
    }

    private static Direction DirectionOf(Rune rune) => rune.Value switch
    {
        >= 0x0660 and <= 0x0669 or >= 0x06f0 and <= 0x06f9 => Direction.Number,
        >= 0x0590 and <= 0x08ff or >= 0xfb1d and <= 0xfdff or >= 0xfe70 and <= 0xfeff or >= 0x10800 and <= 0x10fff => Direction.Right,
        _ when Rune.IsLetter(rune) => Direction.Left,
        _ when Rune.IsDigit(rune) => Direction.Number,
        _ => Direction.Neutral,
    };
}
