using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Webhooks;

/// <summary>Where a tenant wants to be told what happens.</summary>
public readonly record struct WebhookEndpointId(Guid Value) : IId<WebhookEndpointId>
{
    public static WebhookEndpointId From(Guid value) => new(value);

    /// <summary>The endpoint that a merchant has named on registering: there is one at most.</summary>
    public static WebhookEndpointId OfMerchant(TenantId tenant) => new(DerivedId.Of(tenant.ToString(), "webhook_endpoint", "merchant"));

    public StreamId Stream => new("webhook_endpoint", Value);
}
