using System.Globalization;
using System.Net.Mail;
using Ledger.Gateways.Post;

namespace Ledger.Workers.Hosting;

/// <summary>What the environment says of how mail and SMS leave.</summary>
internal static class PostEnvironment
{
    private const int SubmissionPort = 587, TlsPort = 465, PortMax = 65535;

    public static PostSettings Read(Func<string, string?> read) => new(Smtp(read), Sms(read));

    private static SmtpSettings? Smtp(Func<string, string?> read)
    {
        if (read("LEDGER_SMTP_HOST") is not { } host) return null;
        var security = read("LEDGER_SMTP_SECURITY") switch
        {
            null or "starttls" => SmtpSecurity.StartTls,
            "tls" => SmtpSecurity.Tls,
            "none" => SmtpSecurity.None,
            _ => throw new LedgerSettingsException("LEDGER_SMTP_SECURITY is starttls, tls or none."),
        };
        var port = read("LEDGER_SMTP_PORT") is not { } text ? security is SmtpSecurity.Tls ? TlsPort : SubmissionPort
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= PortMax ? number
            : throw new LedgerSettingsException("LEDGER_SMTP_PORT is no port.");
        if (read("LEDGER_SMTP_FROM") is not { } from || !MailAddress.TryCreate(from, out var address) || address.Address != from)
            throw new LedgerSettingsException("LEDGER_SMTP_FROM has to be the address that mail comes from.");
        var (user, password) = (read("LEDGER_SMTP_USER"), read("LEDGER_SMTP_PASSWORD"));
        if (user is not null && security is SmtpSecurity.None) throw new LedgerSettingsException("Nobody logs in over SMTP that is not made safe.");
        return new(host, port, from, security, user, password, read("LEDGER_SMTP_CERTIFICATES"));
    }

    private static SmsSettings? Sms(Func<string, string?> read)
    {
        if (read("LEDGER_SMS_URL") is not { } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) throw new LedgerSettingsException("LEDGER_SMS_URL is no address.");
        return read("LEDGER_SMS_ACCOUNT") is { } account && read("LEDGER_SMS_TOKEN") is { } token && read("LEDGER_SMS_FROM") is { } from
            ? new(url, account, token, from)
            : throw new LedgerSettingsException("LEDGER_SMS_URL needs LEDGER_SMS_ACCOUNT, LEDGER_SMS_TOKEN and LEDGER_SMS_FROM beside it.");
    }
}

/// <summary>The settings do not fit together. Says which, and none of what they are.</summary>
public sealed class LedgerSettingsException(string message) : Exception(message);
