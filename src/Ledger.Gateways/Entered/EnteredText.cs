using System.Globalization;
using System.Text;
using ICU4N.Text;

namespace Ledger.Gateways.Entered;

/// <summary>How text that somebody enters is kept: what looks the same is the same.</summary>
/// <remarks>
/// Letters and their accents are composed (Unicode NFC). Marks that nobody sees are refused, since two names that look alike would
/// differ; so are control characters but for tabs and line ends, and halves of characters. The two joiners stand where a script, or a
/// picture of several, needs them: between letters that are not Latin.
/// </remarks>
public static class EnteredText
{
    /// <summary>For a sentence: what is wrong with a text that is refused.</summary>
    public const string Reason = "The text has an invisible mark or a control character. Enter it without.";

    private const char NonJoiner = '\u200c', Joiner = '\u200d';

    /// <summary>Where the scripts begin that join their letters.</summary>
    private const char FirstJoined = '\u0600';

    /// <summary>The text as it is kept.</summary>
    /// <returns>False for a text that is refused.</returns>
    public static bool TryNormalize(string text, out string normal)
    {
        normal = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || IsRefused(text, i, rune)) return false;
            i += rune.Utf16SequenceLength - 1;
        }

        if (!Ascii.IsValid(text)) normal = Normalizer2.NFCInstance.Normalize(text);
        return true;
    }

    /// <summary>The text with its letters and accents composed (Unicode NFC), whatever is in it.</summary>
    public static string Composed(string text) => Normalizer2.NFCInstance.Normalize(text);

    /// <summary>The text with what differs in form alone made equal (Unicode NFKC), for looking things up.</summary>
    public static string Compatible(string text) => Ascii.IsValid(text) ? text : Normalizer2.NFKCInstance.Normalize(text);

    private static bool IsRefused(string text, int at, Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value is not ('\t' or '\n' or '\r'),
        UnicodeCategory.Format => rune.Value is not (NonJoiner or Joiner) || !Joins(text, at),
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => IsFiller(rune.Value),
    };

    private static bool Joins(string text, int at) => at > 0 && at + 1 < text.Length && text[at - 1] >= FirstJoined && text[at + 1] >= FirstJoined;

    /// <summary>Letters that are drawn as nothing: the fillers of Hangul, the blank of Braille, the joiner of graphemes.</summary>
    private static bool IsFiller(int letter) => letter is 0x034f or 0x115f or 0x1160 or 0x17b4 or 0x17b5 or 0x2800 or 0x3164 or 0xffa0;
}
