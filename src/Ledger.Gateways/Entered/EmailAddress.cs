using ICU4N.Impl;
using ICU4N.Text;

namespace Ledger.Gateways.Entered;

/// <summary>An e-mail address: what is accepted where it is entered is what can be sent to.</summary>
/// <remarks>
/// The part before the @ has the letters, digits and signs that every mail server takes (RFC 5321, dot-string). The domain is a name
/// with a dot in it, in letters of any script or in its ASCII form (UTS 46, RFC 5890); both are one address.
/// </remarks>
public static class EmailAddress
{
    /// <summary>For a sentence: what is wrong with a text that is no address.</summary>
    public const string Reason = "An address as anna@example.org: letters, digits and signs of ASCII, an @, and a domain with a dot.";

    private const int LengthMax = 254, NameMax = 64;
    private const string Signs = "!#$%&'*+/=?^_`{|}~-.";

    private static readonly IDNA Domains = IDNA.GetUTS46Instance(
        UTS46Options.UseSTD3Rules | UTS46Options.CheckBiDi | UTS46Options.CheckContextJ | UTS46Options.NontransitionalToASCII);

    public static bool IsValid(string text) => TryParse(text, out _);

    /// <summary>The address as mail goes to it: its domain in lower case, in ASCII.</summary>
    /// <returns>False for what is no address.</returns>
    public static bool TryParse(string text, out string address)
    {
        address = text;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > NameMax || text.Length > LengthMax || !IsName(text.AsSpan(0, at))) return false;
        if (!EnteredText.TryNormalize(text[(at + 1)..], out var entered) || Domain(entered) is not { } domain) return false;
        address = $"{text[..at]}@{domain}";
        return address.Length <= LengthMax;
    }

    /// <summary>What tells one mailbox from another: as mail goes to it, in lower case. What is no address stays as it is.</summary>
    public static string Key(string text) => TryParse(text.Trim(), out var address) ? address.ToLowerInvariant() : text;

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
            if (!char.IsAsciiLetterOrDigit(letter) && !Signs.Contains(letter, StringComparison.Ordinal)) return false;
        return name[0] != '.' && name[^1] != '.' && !name.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>A domain's name in ASCII; null for what is none.</summary>
    private static string? Domain(string text)
    {
        Span<char> ascii = stackalloc char[LengthMax * 2];
        if (!Domains.TryNameToASCII(text, ascii, out var length, out var found) || found.HasErrors) return null;
        var domain = new string(ascii[..length]).ToLowerInvariant();
        var labels = domain.Split('.');
        return labels.Length > 1 && labels.All(IsLabel) && labels[^1].Any(char.IsAsciiLetter) ? domain : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
