namespace Ledger.Domain.Webhooks;

/// <summary>Sign by another secret from now on, and by the one before as well for a while. The same secret again changes nothing.</summary>
/// <remarks>Refuses with <c>webhook_endpoint_not_found</c>.</remarks>
public sealed record RotateWebhookSecret(WebhookEndpointId Id, Personal<WebhookSecret> Secret, Instant PreviousUntil) : WebhookEndpointCommand(Id)
{
    protected override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state) =>
        state.Secret == Secret ? [] : [new WebhookSecretRotated(Id, Secret, PreviousUntil)];
}
