using System.Globalization;
using System.Text;
using Ledger.Gateways.Entered;

namespace Ledger.Gateways.Post;

/// <summary>A message as it goes over the wire: RFC 5322, with MIME.</summary>
/// <remarks>All that is not plain ASCII is encoded, so that every server takes it. What was filled in cannot begin a header line.</remarks>
internal static class MailText
{
    private const int LineMax = 76, WordBytes = 42;

    public static byte[] Of(PostMessage message, string from, DateTimeOffset now)
    {
        var text = new StringBuilder();
        void Header(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

        Header("From", message.SenderName is { } name ? $"{Words(name)} <{Address(from)}>" : $"<{Address(from)}>");
        Header("To", $"<{Address(message.To)}>");
        if (message.ReplyTo is { } reply) Header("Reply-To", $"<{Address(reply)}>");
        Header("Subject", Words(message.Subject));
        Header("Date", now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", MessageId(message.Id, from));
        Header("Auto-Submitted", "auto-generated");
        Header("MIME-Version", "1.0");
        Body(text, message);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The same for the same message: who gets it twice can tell.</summary>
    public static string MessageId(Guid id, string from) => $"<{id}@{Address(from).Split('@')[1]}>";

    /// <summary>An address that can stand in a command and a header; its domain as ASCII.</summary>
    /// <exception cref="PostException">It is none.</exception>
    public static string Address(string text) =>
        EmailAddress.TryParse(text, out var address) ? address : throw new PostException("address_not_valid", isFinal: true);

    public static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();

    /// <summary>Words of a header, encoded by RFC 2047 in pieces that break no letter; never more than one line of text.</summary>
    private static string Words(string text)
    {
        var plain = OneLine(text);
        if (plain.Length <= 60 && plain.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or '_')) return plain;
        var pieces = new List<string>();
        var piece = new StringBuilder();
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(piece.ToString()) + rune.Utf8SequenceLength > WordBytes) Flush();
            _ = piece.Append(rune.ToString());
        }

        Flush();
        return string.Join("\r\n ", pieces);

        void Flush()
        {
            if (piece.Length > 0) pieces.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(piece.ToString()))}?=");
            _ = piece.Clear();
        }
    }

    private static void Body(StringBuilder text, PostMessage message)
    {
        var (mixed, alternative) = ($"m-{message.Id:N}", $"a-{message.Id:N}");
        if (message.Attachments.Count > 0) _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=\"{mixed}\"\r\n\r\n--{mixed}\r\n");
        if (message.Html is { } html)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/alternative; boundary=\"{alternative}\"\r\n\r\n--{alternative}\r\n");
            Part(text, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(message.Text));
            _ = text.Append(CultureInfo.InvariantCulture, $"--{alternative}\r\n");
            Part(text, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));
            _ = text.Append(CultureInfo.InvariantCulture, $"--{alternative}--\r\n");
        }
        else Part(text, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(message.Text));

        foreach (var one in message.Attachments)
        {
            var name = string.Concat(one.FileName.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
            _ = text.Append(CultureInfo.InvariantCulture, $"--{mixed}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n");
            Part(text, $"{OneLine(one.ContentType)}; name=\"{name}\"", one.Content.Span);
        }

        if (message.Attachments.Count > 0) _ = text.Append(CultureInfo.InvariantCulture, $"--{mixed}--\r\n");
    }

    private static void Part(StringBuilder text, string type, ReadOnlySpan<byte> content)
    {
        _ = text.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var encoded = Convert.ToBase64String(content);
        for (var at = 0; at < encoded.Length; at += LineMax) _ = text.Append(encoded, at, Math.Min(LineMax, encoded.Length - at)).Append("\r\n");
    }
}
