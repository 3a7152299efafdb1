namespace Ledger.Domain.Webhooks;

/// <summary>Give an endpoint up. One that is given up, or gone, stays so.</summary>
public sealed record DisableWebhookEndpoint(WebhookEndpointId Id, WebhookFault Reason) : WebhookEndpointCommand(Id)
{
    public override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint state) =>
        state is WebhookEndpoint.Known { IsRemoved: false } known ? Decide(known) : [];

    protected override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state) =>
        state.Status is WebhookEndpointStatus.Disabled ? [] : [new WebhookEndpointDisabled(Id, Reason)];
}
