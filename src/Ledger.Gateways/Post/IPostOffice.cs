namespace Ledger.Gateways.Post;

/// <summary>Sends messages to people: by mail to an address with an @, else by SMS to a telephone number.</summary>
public interface IPostOffice
{
    /// <returns>What the other side calls it; null where it calls it nothing.</returns>
    /// <exception cref="PostException">It was not sent, or nobody knows.</exception>
    Task<string?> Send(PostMessage message, CancellationToken ct);
}

/// <summary>A message to one person.</summary>
/// <param name="Id">The same for the same message, however often it is tried.</param>
/// <param name="Subject">Of a mail; an SMS has none.</param>
public sealed record PostMessage(Guid Id, string To, string Subject, string Text)
{
    /// <summary>The same as HTML; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Under which name it is sent; null for the address alone.</summary>
    public string? SenderName { get; init; }

    /// <summary>Where answers go; null for where it comes from.</summary>
    public string? ReplyTo { get; init; }

    public IReadOnlyList<PostAttachment> Attachments { get; init; } = [];

    /// <summary>Whether the attempt before may have sent it.</summary>
    public bool MayBeSent { get; init; }

    /// <summary>When it was first to be sent, by the wall clock.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.UtcNow;

    public bool IsMail => To.Contains('@', StringComparison.Ordinal);

    /// <summary>Says nothing of whom it is for, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => $"(message {Id})";
}

public sealed record PostAttachment(string FileName, string ContentType, ReadOnlyMemory<byte> Content);

/// <summary>A message was not sent. Says why in a code, and nothing of what the other side wrote: that may be personal.</summary>
/// <param name="code">As <c>smtp_550_5.1.1</c>, <c>sms_21610</c>, <c>not_connected</c>.</param>
/// <param name="isFinal">Whether trying again cannot help.</param>
public sealed class PostException(string code, bool isFinal = false, Exception? inner = null) : Exception($"The message was not sent: {code}.", inner)
{
    public string Code => code;

    public bool IsFinal => isFinal;

    /// <summary>Whether it may have been sent all the same.</summary>
    public bool MayBeSent { get; init; }
}
