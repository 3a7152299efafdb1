using System.Globalization;
using System.Text.Unicode;

namespace Ledger.Decisions.Json;

/// <summary>Looks at JSON before it is read.</summary>
public static class JsonBytes
{
    private const int EscapeLength = 6;

    /// <summary>Whether all in it is text: UTF-8, and no escape that stands for half a character.</summary>
    public static bool AreText(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !HasHalfCharacters(json);

    private static bool HasHalfCharacters(ReadOnlySpan<byte> json)
    {
        for (var at = 0; json[at..].IndexOf((byte)'\\') is >= 0 and var next;)
        {
            at += next;
            if (Escaped(json, at) is not { } unit) at = Math.Min(at + 2, json.Length);
            else if (!char.IsSurrogate(unit)) at += EscapeLength;
            else if (char.IsHighSurrogate(unit) && Escaped(json, at + EscapeLength) is { } low && char.IsLowSurrogate(low)) at += 2 * EscapeLength;
            else return true;
        }

        return false;
    }

    /// <summary>What <c>\u1234</c> at this place stands for; null for anything else.</summary>
    private static char? Escaped(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.Slice(at + 2, EscapeLength - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit : null;
}
