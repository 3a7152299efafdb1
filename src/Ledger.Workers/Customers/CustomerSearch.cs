using Ledger.EventStore.PersonalData;

namespace Ledger.Workers.Customers;

/// <summary>What is looked for, as it stands in the index of personal words.</summary>
public static class CustomerSearch
{
    /// <summary>One token for each word; a text of digits, spaces and signs is one telephone number.</summary>
    public static byte[][] Tokens(SubjectKey tenantKey, string text)
    {
        var isPhone = text.All(letter => char.IsAsciiDigit(letter) || letter is ' ' or '+' or '-' or '(' or ')');
        var words = isPhone ? [CustomerSealing.Digits(text)] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. words.Distinct(StringComparer.OrdinalIgnoreCase).Select(word => tenantKey.Token("word", word.ToLowerInvariant()))];
    }
}
