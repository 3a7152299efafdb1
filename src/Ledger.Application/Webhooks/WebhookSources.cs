using Ledger.Domain.Webhooks;

namespace Ledger.Application.Webhooks;

/// <summary>The stored names of the events that deliveries come from.</summary>
/// <param name="Endpoints">What happens to endpoints, read for every tenant.</param>
/// <param name="Told">What endpoints are told of and when, read where a tenant has one.</param>
internal sealed record WebhookSources(string[] Endpoints, string[] Told)
{
    public static WebhookSources Of(EventTypes types, PublicLog log) => new(
        [.. types.Names.Where(name => typeof(WebhookEndpointEvent).IsAssignableFrom(types.Find(name).Type))],
        [.. log.Types, types.NameFor(typeof(ClockMoved))]);
}
