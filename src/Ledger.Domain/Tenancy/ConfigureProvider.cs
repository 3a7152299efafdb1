namespace Ledger.Domain.Tenancy;

/// <summary>Say by which secrets a provider knows the tenant from now on. The same ones again change nothing.</summary>
public sealed record ConfigureProvider(ProviderConfigId Id, ProviderName Provider, Personal<ProviderSecrets> Secrets)
    : ICommand<ProviderConfig, ProviderConfigEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProviderConfigEvent> Decide(ProviderConfig state) =>
        state is ProviderConfig.Known known && known.Secrets == Secrets ? [] : [new ProviderConfigured(Id, Provider, Secrets)];
}
