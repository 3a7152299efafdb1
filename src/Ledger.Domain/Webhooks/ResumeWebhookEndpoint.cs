namespace Ledger.Domain.Webhooks;

/// <summary>Send again, after a pause or after the endpoint was given up. To one that is active nothing changes.</summary>
/// <remarks>Refuses with <c>webhook_endpoint_not_found</c>.</remarks>
public sealed record ResumeWebhookEndpoint(WebhookEndpointId Id) : WebhookEndpointCommand(Id)
{
    protected override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state) =>
        state.Status is WebhookEndpointStatus.Active ? [] : [new WebhookEndpointResumed(Id)];
}
