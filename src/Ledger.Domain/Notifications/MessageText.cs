using System.Net;
using System.Text.RegularExpressions;

namespace Ledger.Domain.Notifications;

/// <summary>The wording of a message, with places in braces for what is filled in: <c>{customer_name}</c>.</summary>
/// <remarks>A place is filled with text and nothing else: there are no conditions, loops or calls, and what was filled in is not looked at again.</remarks>
/// <param name="Subject">Of a mail, on one line; null for an SMS.</param>
/// <param name="Html">Of a mail; null for one that is made of the text.</param>
public sealed partial record MessageText(string? Subject, string Text, string? Html = null)
{
    public const int SubjectMax = 200, TextMax = 10_000, SmsMax = 480, HtmlMax = 50_000;

    /// <summary>What is wrong with it as a template: where, a code, and in words.</summary>
    public IEnumerable<(string Field, string Code, string Detail)> Faults(NotificationKind kind, NotificationChannel channel)
    {
        var isSms = channel is NotificationChannel.Sms;
        if (isSms ? Subject is not null : string.IsNullOrWhiteSpace(Subject) || Subject.Length > SubjectMax)
            yield return ("subject", "text_length", isSms ? "An SMS has no subject." : $"From 1 to {SubjectMax} characters.");
        if (Subject?.Any(char.IsControl) is true) yield return ("subject", "not_one_line", "One line, without control characters.");
        var most = isSms ? SmsMax : TextMax;
        if (string.IsNullOrWhiteSpace(Text) || Text.Length > most) yield return ("text", "text_length", $"From 1 to {most} characters.");
        if (HasControl(Text)) yield return ("text", "control_character", "No control characters but line ends and tabs.");
        if (Html is not null && (isSms || Html.Length is 0 or > HtmlMax || HasControl(Html)))
            yield return ("html", "text_length", isSms ? "An SMS has no HTML." : $"From 1 to {HtmlMax} characters, without control characters.");
        if (Html is not null && Html.Length <= HtmlMax && IsActive(Html)) yield return ("html", "active_content", "No scripts, frames, forms or handlers.");
        foreach (var (field, text) in new[] { ("subject", Subject), ("text", Text), ("html", Html) })
        {
            if (Unknown(kind, text) is { } name)
                yield return (field, "unknown_placeholder", $"{{{name}}} cannot be filled in. There are {string.Join(", ", kind.AllPlaceholders.Select(one => $"{{{one}}}"))}.");
        }
    }

    /// <summary>The message itself: values are text in the text, and escaped in the HTML. What has no value is left empty.</summary>
    public MessageText Filled(IReadOnlyDictionary<string, string> values) => new(
        Subject is null ? null : OneLine(Fill(Subject, values, OneLine)),
        Fill(Text, values, Plain),
        Html is null ? null : Fill(Html, values, value => WebUtility.HtmlEncode(Plain(value)).Replace("\n", "<br>", StringComparison.Ordinal)));

    /// <summary>Text as HTML, a paragraph for each that has an empty line before it.</summary>
    public static string AsHtml(string text) => "<html><body>" + string.Concat(text.ReplaceLineEndings("\n").Split("\n\n")
        .Select(part => $"<p>{WebUtility.HtmlEncode(part).Replace("\n", "<br>", StringComparison.Ordinal)}</p>")) + "</body></html>";

    /// <summary>Without anything that could end a line of a header.</summary>
    public static string OneLine(string value) => string.Concat(value.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();

    private static string Plain(string value) =>
        string.Concat(value.ReplaceLineEndings("\n").Select(letter => char.IsControl(letter) && letter is not ('\n' or '\t') ? ' ' : letter));

    private static string Fill(string template, IReadOnlyDictionary<string, string> values, Func<string, string> write) =>
        Place().Replace(template, place => values.TryGetValue(place.Groups[1].Value, out var value) ? write(value) : "");

    private static string? Unknown(NotificationKind kind, string? text) =>
        text is null ? null : Place().Matches(text).Select(one => one.Groups[1].Value).FirstOrDefault(name => !kind.AllPlaceholders.Contains(name));

    private static bool HasControl(string text) => text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));

    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Place();

    /// <summary>Also where it is written in character references, or broken up by blanks.</summary>
    private static bool IsActive(string html)
    {
        var plain = WebUtility.HtmlDecode(html);
        return Active.IsMatch(html) || Active.IsMatch(plain) || Scheme.IsMatch(string.Concat(plain.Where(letter => !char.IsControl(letter) && !char.IsWhiteSpace(letter))));
    }

    /// <summary>Its time grows with the length of the text and no faster, whatever the text.</summary>
    private static readonly Regex Active = new(
        @"<\s*/?\s*(script|iframe|frame|object|embed|applet|form|base|meta|link|svg|math)\b|\bon[a-z]+\s*=",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Scheme = new(
        "(javascript|vbscript):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
