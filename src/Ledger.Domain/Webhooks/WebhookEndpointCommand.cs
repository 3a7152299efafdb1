namespace Ledger.Domain.Webhooks;

/// <summary>Anything that can be asked of an endpoint that is there. Refuses with <c>webhook_endpoint_not_found</c>.</summary>
public abstract record WebhookEndpointCommand(WebhookEndpointId Id) : ICommand<WebhookEndpoint, WebhookEndpointEvent>
{
    public StreamId Stream => Id.Stream;

    public virtual Decision<WebhookEndpointEvent> Decide(WebhookEndpoint state) =>
        state is WebhookEndpoint.Known { IsRemoved: false } known ? Decide(known) : WebhookRejections.NotFound;

    protected abstract Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state);
}
