using Ledger.Application.Webhooks;

namespace Ledger.Application.Billing;

/// <summary>Tells whether all that was set off is done: messages run, policies answered, views caught up.</summary>
public sealed class TenantQuiet(
    MessageTable messages, PolicyRunner policies, EventFeed feed, ViewProgress views, WebhookTable webhooks, PublicLog log, EventTypes types)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LookAtMost = TimeSpan.FromSeconds(2);
    private readonly WebhookSources told = WebhookSources.Of(types, log);

    /// <summary>Waits a while until nothing is left but the message that asks.</summary>
    /// <param name="correlation">Only what follows from this; null for all of the tenant's.</param>
    /// <exception cref="NotYetException">Something is left.</exception>
    public async Task Wait(string tenant, string? correlation, Guid asking, CancellationToken ct)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (waited.Elapsed < LookAtMost)
        {
            // No message open, then all policies past the events that stood by then, then still no message: nothing can follow.
            if (await messages.CountOpen(tenant, correlation, asking, ct) == 0)
            {
                var head = await feed.Head(ct);
                if (await policies.Lowest(ct) >= head && await messages.CountOpen(tenant, correlation, asking, ct) == 0
                    && await views.WaitFor(head, LookAtMost, ct)) return;
            }

            await Task.Delay(Look, ct);
        }

        throw new NotYetException(Look);
    }

    /// <summary>Waits until what the tenant's endpoints are to be told was tried, but no longer than there is patience for.</summary>
    /// <returns>The patience that is left: an endpoint that does not answer uses it up.</returns>
    public async Task<TimeSpan> WaitForWebhooks(string tenant, TimeSpan patience, CancellationToken ct)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (waited.Elapsed < patience && !await webhooks.IsQuiet(tenant, told, ct)) await Task.Delay(Look, ct);
        return waited.Elapsed < patience ? patience - waited.Elapsed : TimeSpan.Zero;
    }
}
