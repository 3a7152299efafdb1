namespace Ledger.Gateways.Post;

/// <summary>How messages leave: what is null goes to the folder for development.</summary>
public sealed record PostSettings(SmtpSettings? Smtp, SmsSettings? Sms)
{
    /// <param name="directory">Where files go for what has no other way.</param>
    public IPostOffice Open(string directory)
    {
        var folder = new PostFolder(directory);
        return Smtp is null && Sms is null ? folder : new PostRoutes(Smtp is null ? folder : new SmtpPost(Smtp), Sms is null ? folder : new SmsPost(Sms));
    }
}

public enum SmtpSecurity
{
    /// <summary>The connection is made safe before anything is said of the message, or nothing is sent.</summary>
    StartTls,

    /// <summary>From the first byte on, as on port 465.</summary>
    Tls,

    /// <summary>Not at all: for a relay on the same machine.</summary>
    None,
}

/// <param name="From">The address that mail comes from.</param>
/// <param name="CertificateFile">A PEM file with whom to trust instead of those whom the machine trusts; null for these.</param>
public sealed record SmtpSettings(string Host, int Port, string From, SmtpSecurity Security, string? User = null, string? Password = null, string? CertificateFile = null)
{
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Says nothing of the password, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => $"(SMTP at {Host}:{Port})";
}

/// <param name="Url">Of the API, without the part of the account.</param>
/// <param name="From">A number, or the <c>MG…</c> of a messaging service.</param>
public sealed record SmsSettings(Uri Url, string Account, string Token, string From)
{
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="SmtpSettings.ToString"/>
    public override string ToString() => $"(SMS at {Url.Host})";
}

/// <summary>Mail one way, SMS another.</summary>
internal sealed class PostRoutes(IPostOffice mail, IPostOffice sms) : IPostOffice
{
    public Task<string?> Send(PostMessage message, CancellationToken ct) => (message.IsMail ? mail : sms).Send(message, ct);
}
