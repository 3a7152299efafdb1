namespace Ledger.Domain.Webhooks;

/// <summary>Keep what happens until the endpoint is resumed. One that is paused stays so.</summary>
/// <remarks>Refuses with <c>webhook_endpoint_not_found</c>, <c>webhook_endpoint_disabled</c>.</remarks>
public sealed record PauseWebhookEndpoint(WebhookEndpointId Id) : WebhookEndpointCommand(Id)
{
    protected override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state) => state.Status switch
    {
        WebhookEndpointStatus.Active => [new WebhookEndpointPaused(Id)],
        WebhookEndpointStatus.Paused => [],
        _ => WebhookRejections.Disabled,
    };
}
