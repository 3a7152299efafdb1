using Ledger.Domain.People;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Merchants;

/// <summary>Whoever registered a tenant of their own. It stands with the platform: by it the address is taken, and leads to the tenant.</summary>
public readonly record struct MerchantId(Guid Value) : IId<MerchantId>
{
    public static MerchantId From(Guid value) => new(value);

    /// <summary>One for each address.</summary>
    /// <param name="emailToken">The address as the platform's keyed hash.</param>
    public static MerchantId Of(string emailToken) => new(DerivedId.Of(TenantId.Platform.ToString(), "merchant", emailToken));

    /// <summary>The tenant that is theirs: registering twice makes one.</summary>
    public TenantId Tenant => new(DerivedId.Of(TenantId.Platform.ToString(), "merchant's tenant", Value.ToString()));

    /// <summary>Who they are in it.</summary>
    public UserId User => new(DerivedId.Of(TenantId.Platform.ToString(), "merchant's user", Value.ToString()));

    public StreamId Stream => new("merchant", Value);
}

/// <summary>What can happen to a merchant. Stored forever: add cases, never edit them.</summary>
public abstract record MerchantEvent : IEvent
{
    private protected MerchantEvent() { }
}

/// <param name="EmailToken">The address as the platform's keyed hash.</param>
/// <param name="Tenant">Their own.</param>
/// <param name="User">Who they are in it.</param>
/// <param name="WebhookUrl">Where they want to be told; null for nowhere.</param>
public sealed record MerchantRegistered(MerchantId Id, string EmailToken, TenantId Tenant, UserId User, Uri? WebhookUrl) : MerchantEvent;

/// <summary>A merchant, as known now.</summary>
public abstract record Merchant : IState<Merchant, MerchantEvent>
{
    private Merchant() { }

    public sealed record Unknown : Merchant;

    public sealed record Known(MerchantId Id, TenantId Tenant, UserId User, Uri? WebhookUrl) : Merchant;

    public static Merchant Initial { get; } = new Unknown();

    public static Merchant Evolve(Merchant state, MerchantEvent @event) => @event switch
    {
        MerchantRegistered made => new Known(made.Id, made.Tenant, made.User, made.WebhookUrl),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}
