namespace Ledger.Domain.Tenancy;

/// <summary>What can happen to a tenant's access to a payment provider. Stored forever: add cases, never edit them.</summary>
public abstract record ProviderConfigEvent : IEvent
{
    private protected ProviderConfigEvent() { }
}

/// <param name="Secrets">All of them from now on, sealed under the tenant's own key.</param>
public sealed record ProviderConfigured(ProviderConfigId Id, ProviderName Provider, Personal<ProviderSecrets> Secrets) : ProviderConfigEvent;

/// <summary>The payment providers that a tenant can have access to.</summary>
public enum ProviderName { Stripe, Straumur, Rapyd, Reepay, Mock }

/// <summary>What a provider knows the tenant by. It is nobody's to see again.</summary>
/// <param name="Others">Further ones by name, in the order of their names; null for none.</param>
public sealed record ProviderSecrets(string? ApiKey, string? WebhookSecret, IReadOnlyDictionary<string, string>? Others)
{
    /// <summary>Says nothing, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => "(secret)";
}

/// <summary>A tenant's access to one provider.</summary>
public abstract record ProviderConfig : IState<ProviderConfig, ProviderConfigEvent>
{
    private ProviderConfig() { }

    public sealed record Unknown : ProviderConfig;

    public sealed record Known(ProviderConfigId Id, ProviderName Provider, Personal<ProviderSecrets> Secrets) : ProviderConfig;

    public static ProviderConfig Initial { get; } = new Unknown();

    public static ProviderConfig Evolve(ProviderConfig state, ProviderConfigEvent @event) => @event switch
    {
        ProviderConfigured made => new Known(made.Id, made.Provider, made.Secrets),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}
