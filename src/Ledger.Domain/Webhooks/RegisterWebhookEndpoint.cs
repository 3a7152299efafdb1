namespace Ledger.Domain.Webhooks;

/// <summary>Have what happens from now on sent to a URL. The same id again changes nothing.</summary>
public sealed record RegisterWebhookEndpoint(WebhookEndpointId Id, Uri Url, WebhookSettings Settings, Personal<WebhookSecret> Secret)
    : ICommand<WebhookEndpoint, WebhookEndpointEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<WebhookEndpointEvent> Decide(WebhookEndpoint state) =>
        state is WebhookEndpoint.Unknown ? [new WebhookEndpointRegistered(Id, Url, Settings, Secret)] : [];
}
