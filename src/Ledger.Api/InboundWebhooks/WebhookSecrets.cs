using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.PersonalData;

namespace Ledger.Api.InboundWebhooks;

/// <summary>By which secret a provider signs what it posts to a tenant.</summary>
internal sealed class WebhookSecrets(ProviderConfigs configs, PersonalKeys keys)
{
    /// <summary>The sandbox has one of its own unless the tenant has set another; null for a provider without a secret.</summary>
    /// <exception cref="ProblemException"><c>not_found</c>: no such provider posts here.</exception>
    public async Task<string?> Of(TenantId tenant, string provider, CancellationToken ct) => provider switch
    {
        "stripe" => (await configs.Find(tenant, ProviderName.Stripe, ct))?.WebhookSecret,
        "mock" or "sandbox" => (await configs.Find(tenant, ProviderName.Mock, ct))?.WebhookSecret ?? await OfSandbox(tenant, ct),
        _ => throw new ProblemException(Problem.NotFound),
    };

    private async Task<string> OfSandbox(TenantId tenant, CancellationToken ct) =>
        $"whsec_{Convert.ToHexStringLower((await keys.TenantKey(tenant.ToString(), ct)).Token("sandbox webhook", tenant.ToString()))}";
}
