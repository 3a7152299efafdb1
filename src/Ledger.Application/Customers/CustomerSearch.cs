using System.Globalization;
using Ledger.Domain.Customers;
using Ledger.Gateways.Entered;
using Ledger.EventStore.PersonalData;

namespace Ledger.Application.Customers;

/// <summary>By which words a customer is found, and which words a text looks for. The index has them as keyed hashes only.</summary>
/// <remarks>
/// A word is what stands between blanks, without the signs of punctuation around it, whatever its case. Parts of words are not
/// found, but those between hyphens, slashes and the like are words too.
/// </remarks>
public static class CustomerSearch
{
    private static readonly char[] Joints = ['-', '/', '&', '+', '.', ',', '\'', '’', '_', '‐', '–'];

    /// <summary>The words of the names, the whole e-mail address, and the digits of the telephone number.</summary>
    public static IReadOnlyList<string> Words(CustomerDetails details)
    {
        var words = new List<string>();
        foreach (var word in Split(details.FullName).Concat(Split(details.CompanyName)))
        {
            words.Add(word);
            words.AddRange(word.Split(Joints, StringSplitOptions.RemoveEmptyEntries));
        }

        if (details.Email is { } email) words.AddRange([.. Split(email), EmailAddress.Key(email)]);
        if (Digits(details.PhoneNumber) is { Length: > 0 } digits) words.Add(digits);
        return [.. words.Distinct()];
    }

    /// <summary>What a text looks for: all of its words; or one telephone number, if it is digits, blanks and signs alone.</summary>
    public static IReadOnlyList<string> Sought(string text)
    {
        var plain = Plain(text);
        var isPhone = plain.All(letter => char.IsAsciiDigit(letter) || char.IsWhiteSpace(letter) || letter is '+' or '-' or '(' or ')' or '.' or '/');
        if (isPhone) return Digits(plain) is { Length: > 0 } digits ? [digits] : [];
        return [.. Split(plain).Select(word => word.Contains('@', StringComparison.Ordinal) ? EmailAddress.Key(word) : word).Distinct()];
    }

    /// <summary>The words as they stand in the index of a tenant, each once.</summary>
    public static byte[][] Tokens(this IReadOnlyList<string> words, SubjectKey tenantKey) =>
        [.. words.Select(word => tenantKey.Token("word", word)).DistinctBy(Convert.ToHexString)];

    private static IEnumerable<string> Split(string? text) =>
        Plain(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Bare).Where(word => word.Length > 0);

    /// <summary>Without what stands around a word.</summary>
    private static string Bare(string word)
    {
        var (from, until) = (0, word.Length);
        while (from < until && IsAround(word[from])) from++;
        while (until > from && IsAround(word[until - 1])) until--;
        return word[from..until];
    }

    private static bool IsAround(char letter) => char.IsPunctuation(letter) || char.IsSymbol(letter);

    private static string Plain(string text) => EnteredText.Compatible(EnteredText.Compatible(text).ToLowerInvariant());

    private static string Digits(string? text) => string.Concat(EnteredText.Compatible(text ?? "")
        .Select(letter => CharUnicodeInfo.GetDecimalDigitValue(letter)).Where(digit => digit >= 0));
}
