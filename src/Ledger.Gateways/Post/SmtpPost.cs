using System.Net.Sockets;
using System.Security.Authentication;

namespace Ledger.Gateways.Post;

/// <summary>Sends mail by SMTP: RFC 5321, made safe by RFC 3207 or from the start, logged in by RFC 4954.</summary>
/// <remarks>
/// Each mail has a connection of its own. A mail whose last answer is lost may have been taken: it is sent again under the same
/// Message-ID.
/// </remarks>
public sealed class SmtpPost(SmtpSettings settings) : IPostOffice
{
    public async Task<string?> Send(PostMessage message, CancellationToken ct)
    {
        var content = MailText.Of(message, settings.From, DateTimeOffset.UtcNow);
        var to = MailText.Address(message.To);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(settings.Time);
        var isGiven = false;
        try
        {
            await using var talk = await SmtpTalk.Open(settings, late.Token);
            await talk.Say($"MAIL FROM:<{MailText.Address(settings.From)}>", 250, late.Token);
            await talk.Say($"RCPT TO:<{to}>", 250, late.Token);
            await talk.Say("DATA", 354, late.Token);
            isGiven = true;
            await talk.Give(content, late.Token);
            await talk.Quit(late.Token);
            return MailText.MessageId(message.Id, settings.From);
        }
        catch (PostException e) when (!e.MayBeSent) { throw; }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new PostException(isGiven ? "answer_lost" : e is OperationCanceledException ? "timed_out" : "not_connected", inner: e) { MayBeSent = isGiven };
        }
        catch (AuthenticationException e) { throw new PostException("tls_failed", inner: e); }
    }
}
