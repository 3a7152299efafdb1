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
    public TenantId Tenant => TenantOf(0);

    /// <summary>Who they are in it.</summary>
    public UserId User => UserOf(0);

    /// <summary>The tenant of whoever registers this address after so many who never showed that it is theirs.</summary>
    public TenantId TenantOf(int before) => new(DerivedId.Of(TenantId.Platform.ToString(), "merchant's tenant", Nth(before)));

    /// <summary>Who they are in that.</summary>
    public UserId UserOf(int before) => new(DerivedId.Of(TenantId.Platform.ToString(), "merchant's user", Nth(before)));

    public StreamId Stream => new("merchant", Value);

    private string Nth(int before) => before == 0 ? Value.ToString() : $"{Value} {before}";
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
/// <param name="HeldUntil">When another may register the address, unless it was proved by then; null where it is theirs for good.</param>
public sealed record MerchantRegistered(
    MerchantId Id, string EmailToken, TenantId Tenant, UserId User, Uri? WebhookUrl, Instant? HeldUntil = null) : MerchantEvent;

/// <summary>A code that was sent to the address has come back: it is theirs for good.</summary>
public sealed record MerchantAddressProved(MerchantId Id, TenantId Tenant) : MerchantEvent;

/// <summary>A merchant, as known now.</summary>
public abstract record Merchant : IState<Merchant, MerchantEvent>
{
    private Merchant() { }

    public sealed record Unknown : Merchant;

    /// <param name="HeldUntil">Null once the address is theirs for good.</param>
    /// <param name="Before">How many had registered the address before them.</param>
    public sealed record Known(MerchantId Id, TenantId Tenant, UserId User, Uri? WebhookUrl, Instant? HeldUntil = null, int Before = 0) : Merchant
    {
        /// <summary>Whether another may register the address.</summary>
        public bool IsFree(Instant now) => HeldUntil <= now;
    }

    public static Merchant Initial { get; } = new Unknown();

    public static Merchant Evolve(Merchant state, MerchantEvent @event) => @event switch
    {
        MerchantRegistered made => new Known(
            made.Id, made.Tenant, made.User, made.WebhookUrl, made.HeldUntil, state is Known known ? known.Before + 1 : 0),
        MerchantAddressProved => (Known)state with { HeldUntil = null },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}
