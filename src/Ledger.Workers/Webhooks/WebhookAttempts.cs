using System.Globalization;
using System.Text;
using Ledger.Application.Webhooks;
using Ledger.Domain.Webhooks;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Webhooks;
using NodaTime.Extensions;

namespace Ledger.Workers.Webhooks;

/// <summary>Makes one attempt: signs what is to be told as of now, posts it, and says what follows.</summary>
public sealed class WebhookAttempts(WebhookPost post, PersonalKeys keys, TimeProvider time)
{
    internal const int Gone = 410;

    private const double JitterLeast = 0.9, JitterSpan = 0.2;
    private static readonly TimeSpan WaitMost = TimeSpan.FromDays(1);

    internal async Task<EndedAttempt> Make(TakenDelivery one, CancellationToken ct)
    {
        var (now, body) = (time.GetUtcNow(), Encoding.UTF8.GetBytes(one.Body));
        var key = await keys.TenantKey(one.Tenant, ct);
        var secrets = new List<string> { key.Open(new Personal<WebhookSecret>(one.Secret)).Text };
        if (one.PreviousSecret is { } previous && one.Clock < one.PreviousUntil) secrets.Add(key.Open(new Personal<WebhookSecret>(previous)).Text);
        var (id, seconds) = (one.Event.ToString(), now.ToUnixTimeSeconds());
        var answer = await post.Send(one.Url, body,
            [
                (StandardWebhook.IdHeader, id), (StandardWebhook.TimeHeader, seconds.ToString(CultureInfo.InvariantCulture)),
                (StandardWebhook.SignatureHeader, StandardWebhook.Sign(secrets, id, seconds, body)),
                ("ledger-subject", one.Subject.ToString()), ("ledger-sequence", one.Sequence.ToString(CultureInfo.InvariantCulture)),
            ], now, ct);
        return End(one, answer);
    }

    /// <summary>What follows: by the wall clock a little sooner or later, so that not all come at once; by the tenant's exactly.</summary>
    private static EndedAttempt End(TakenDelivery one, WebhookAnswer answer)
    {
        var isOver = answer.Error is null || answer.Status == Gone || one.Round > one.Waits.Length;
        var wait = isOver ? TimeSpan.Zero : TimeSpan.FromSeconds(one.Waits[one.Round - 1]);
        var asked = answer.RetryAfter is { } after && after > wait ? (after < WaitMost ? after : WaitMost) : wait;
#pragma warning disable CA5394 // Jitter keeps no secret.
        var jittered = asked > wait ? asked : wait * (JitterLeast + JitterSpan * Random.Shared.NextDouble());
#pragma warning restore CA5394
        return new(
            one.Tenant, one.Id, one.Endpoint, one.Subject, one.Attempt, answer.Error is null ? "succeeded" : isOver ? "abandoned" : "pending",
            answer.Status, answer.Error, answer.TookMs, answer.Head, jittered.TotalSeconds, isOver ? null : one.Clock + asked.ToDuration(), one.Clock);
    }
}
