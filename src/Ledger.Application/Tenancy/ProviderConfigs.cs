using Ledger.EventStore.PersonalData;

namespace Ledger.Application.Tenancy;

/// <summary>By which secrets payment providers know a tenant. They are opened here and nowhere else.</summary>
public sealed class ProviderConfigs(StateReader states, PersonalKeys keys)
{
    /// <summary>The command that sets them, sealed under the tenant's own key.</summary>
    public async Task<ConfigureProvider> Command(TenantId tenant, ProviderName provider, ProviderSecrets secrets, CancellationToken ct) =>
        new(ProviderConfigId.Of(tenant, provider), provider, (await keys.TenantKey(tenant.ToString(), ct)).Seal(secrets));

    /// <summary>Those of one provider; null when there are none.</summary>
    public async Task<ProviderSecrets?> Find(TenantId tenant, ProviderName provider, CancellationToken ct) =>
        await states.Of<ProviderConfig, ProviderConfigEvent>(tenant.ToString(), ProviderConfigId.Of(tenant, provider).Stream, ct) is ProviderConfig.Known known
            ? (await keys.TenantKey(tenant.ToString(), ct)).Open(known.Secrets) : null;
}
