using System.Security.Cryptography;
using System.Text;

namespace Ledger.Testing.PersonalData;

/// <summary>Texts that stand nowhere by chance, all with one beginning: where it is found, one of them is.</summary>
/// <remarks>One beginning for texts, and one of digits alone for what has to be digits.</remarks>
public sealed class Marker
{
    private readonly string letters = $"zq{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
    private readonly string digits = "7" + string.Concat(Enumerable.Range(0, 11).Select(_ => RandomNumberGenerator.GetInt32(10)));

    public string Text(int number) => $"{letters}f{number:00}";

    public string Digits(int number) => $"{digits}{number:00}";

    /// <summary>The beginnings, as a text would have them.</summary>
    public IReadOnlyList<string> Texts => [letters, digits];

    /// <summary>The bytes to look for: as they are, in capitals, in hex, and in base64 wherever in a text they begin.</summary>
    public IReadOnlyList<byte[]> Needles => [.. Texts.SelectMany(Forms).Distinct().Select(Encoding.ASCII.GetBytes)];

    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var needle in Needles)
            if (bytes.IndexOf(needle) >= 0) return true;
        return false;
    }

    public bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Forms(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        yield return text;
        yield return text.ToUpperInvariant();
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);

        // Of the letters of base64, those at either end also depend on what stands beside.
        for (var before = 0; before < 3; before++)
        {
            var whole = Convert.ToBase64String([.. new byte[before], .. bytes]).TrimEnd('=');
            var from = (before * 8 + 5) / 6;
            yield return whole[from..((before + bytes.Length) * 8 / 6)];
        }
    }
}
