namespace Ledger.Domain.Webhooks;

/// <summary>Send nothing there any more, not even what waits. Removing again changes nothing.</summary>
/// <remarks>Refuses with <c>webhook_endpoint_not_found</c>.</remarks>
public sealed record RemoveWebhookEndpoint(WebhookEndpointId Id) : WebhookEndpointCommand(Id)
{
    public override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint state) => state is WebhookEndpoint.Known { IsRemoved: true } ? [] : base.Decide(state);

    protected override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state) => [new WebhookEndpointRemoved(Id)];
}
