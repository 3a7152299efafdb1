
namespace Ledger.Identity.Logins;

/// <summary>Which passwords are taken: long enough, and none that everybody tries first.</summary>
public static class PasswordRules
{
    private const int RepeatedMax = 6;

    private static readonly Lazy<string[]> CommonWords = new(Read);

    /// <summary>Why a password is not taken, as a code with a sentence; null when it is.</summary>
    public static (string Code, string Detail)? Fault(string password)
    {
        if (password.Length is < Logins.LengthMin or > Logins.LengthMax)
            return ("password_length", $"From {Logins.LengthMin} to {Logins.LengthMax} characters.");
        return string.IsNullOrWhiteSpace(password) || IsRepeated(password) || IsSequence(password) || IsCommon(password)
            ? ("password_too_common", "This is one of those that are tried first: take several words, or what a password manager makes.")
            : null;
    }

    /// <summary>A few characters over and over.</summary>
    private static bool IsRepeated(string password) => Enumerable.Range(1, RepeatedMax)
        .Any(length => Enumerable.Range(length, password.Length - length).All(at => password[at] == password[at - length]));

    /// <summary>Up or down the alphabet or the digits, one by one.</summary>
    private static bool IsSequence(string password)
    {
        bool Goes(int step) => Enumerable.Range(1, password.Length - 1).All(at =>
            password[at] - password[at - 1] == step
            || (char.IsAsciiDigit(password[at]) && char.IsAsciiDigit(password[at - 1]) && (password[at] - password[at - 1] - step) % 10 == 0));
        return Goes(1) || Goes(-1);
    }

    /// <summary>Whether nothing is left but common words, once digits and signs are taken away or read as the letters they stand for.</summary>
    private static bool IsCommon(string password)
    {
        var plain = password.ToLowerInvariant();
        return IsMadeOfCommonWords(string.Concat(plain.Where(char.IsLetter)))
            || IsMadeOfCommonWords(string.Concat(plain.Select(Letter).Where(char.IsLetter)))
            || IsMadeOfCommonWords(string.Concat(plain.TrimEnd([.. "0123456789!?.-_#*@$ "]).Select(Letter).Where(char.IsLetter)));
    }

    private static bool IsMadeOfCommonWords(string letters)
    {
        if (letters.Length == 0) return false;
        var reached = new bool[letters.Length + 1];
        reached[0] = true;
        for (var at = 0; at < letters.Length; at++)
        {
            if (!reached[at]) continue;
            foreach (var word in CommonWords.Value)
                if (letters.AsSpan(at).StartsWith(word)) reached[at + word.Length] = true;
        }

        return reached[letters.Length];
    }

    private static char Letter(char sign) => sign switch
    {
        '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '8' => 'b', '9' => 'g', '@' => 'a', '$' => 's', '!' => 'i', _ => sign,
    };

    private static string[] Read()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-password-words.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }
}
