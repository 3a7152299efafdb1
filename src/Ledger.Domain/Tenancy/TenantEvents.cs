namespace Ledger.Domain.Tenancy;

/// <summary>What can happen to a tenant. Stored forever: add cases, never edit them.</summary>
public abstract record TenantEvent : IEvent
{
    private protected TenantEvent() { }
}

/// <param name="Mode">Live or sandbox, for good.</param>
/// <param name="Currency">Where a request names none; every amount has its own.</param>
/// <param name="Zone">Where billing dates begin and end.</param>
public sealed record TenantCreated(
    TenantId Id, string Name, TenantMode Mode, Currency Currency, DateTimeZone Zone, bool PricesIncludeTax,
    IReadOnlyList<Frequency> BillingFrequencies, DunningSettings Dunning) : TenantEvent;

public sealed record TenantSettingsChanged(
    TenantId Id, string Name, Currency Currency, DateTimeZone Zone, bool PricesIncludeTax, IReadOnlyList<Frequency> BillingFrequencies)
    : TenantEvent;

public sealed record DunningConfigChanged(TenantId Id, DunningSettings Dunning) : TenantEvent;

public enum TenantMode { Live, Sandbox }

/// <summary>How failed payments are chased.</summary>
/// <param name="SettlingAttempts">How often a payment is tried in all, once a day; 1 to 60.</param>
/// <param name="CancelledAfterDays">Days from the first failure to the end of the subscription; 1 to 365.</param>
public sealed record DunningSettings(int SettlingAttempts, int CancelledAfterDays)
{
    public static DunningSettings Default { get; } = new(20, 20);
}
