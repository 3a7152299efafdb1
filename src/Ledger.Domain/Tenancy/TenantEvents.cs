using System.Text.Json.Serialization;

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

/// <param name="HostNames">Under which it is found beside its id; null for none.</param>
/// <param name="RateLimitPerMinute">How often each of its keys may ask for one operation; null for what is usual.</param>
/// <param name="CorsOrigins">Whose pages may call from browsers; null for none.</param>
/// <param name="LoyaltyPointsPerUnit">Points for each whole unit of a currency that a customer pays; null for none.</param>
/// <param name="CouponsStack">Whether several coupons may reduce one charge.</param>
public sealed record TenantSettingsChanged(
    TenantId Id, string Name, Currency Currency, DateTimeZone Zone, bool PricesIncludeTax, IReadOnlyList<Frequency> BillingFrequencies,
    IReadOnlyList<string>? HostNames = null, int? RateLimitPerMinute = null, IReadOnlyList<string>? CorsOrigins = null,
    int? LoyaltyPointsPerUnit = null, bool CouponsStack = false) : TenantEvent;

public sealed record DunningConfigChanged(TenantId Id, DunningSettings Dunning) : TenantEvent;

/// <summary>How the tenant's documents look from now on, and in which language they speak; all of it, changed or not.</summary>
public sealed record DocumentSettingsChanged(TenantId Id, DocumentSettings Documents) : TenantEvent;

/// <param name="PrimaryColor">As <c>#1a2b3c</c>, in lower case; null for none.</param>
/// <param name="CssUrl">An https address; null for none.</param>
public sealed record TenantBrandingChanged(TenantId Id, string? PrimaryColor, Uri? CssUrl) : TenantEvent;

/// <summary>Another logo. Its bytes are beside the log, under their hash.</summary>
/// <param name="Hash">SHA-256 of the bytes, in lower-case hex.</param>
/// <param name="ContentType">As its first bytes say: <c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>.</param>
/// <param name="Size">How many bytes.</param>
public sealed record TenantLogoUploaded(TenantId Id, string Hash, string ContentType, int Size) : TenantEvent;

public enum TenantMode { Live, Sandbox }

/// <summary>How failed payments are chased.</summary>
/// <param name="SettlingAttempts">How often a payment is tried in all, once a day; 1 to 60. Does not count while there are waits.</param>
/// <param name="CancelledAfterDays">Days from the first failure to the end of the subscription; 1 to 365.</param>
/// <param name="Waits">Days from each attempt to the next, 1 to 60 waits of 1 to 90 days; null for one attempt a day.</param>
/// <param name="GraceDays">Days from the first failure in which the customer is served as before; null for none.</param>
/// <param name="RetryHardDeclines">Whether a card is tried again that cannot help, or no card at all.</param>
public sealed record DunningSettings(
    int SettlingAttempts, int CancelledAfterDays, IReadOnlyList<int>? Waits = null, int? GraceDays = null, bool RetryHardDeclines = false)
{
    public const int AttemptsMax = 60, DaysMax = 365, WaitsMax = 60, WaitDaysMax = 90;

    public static DunningSettings Default { get; } = new(20, 20);

    /// <summary>How often a payment is tried in all.</summary>
    [JsonIgnore]
    public int Attempts => Waits is null ? SettlingAttempts : Waits.Count + 1;

    /// <summary>The same terms, whichever list the waits are in.</summary>
    public bool Equals(DunningSettings? other) =>
        other is not null && SettlingAttempts == other.SettlingAttempts && CancelledAfterDays == other.CancelledAfterDays
        && (Waits ?? []).SequenceEqual(other.Waits ?? []) && GraceDays == other.GraceDays && RetryHardDeclines == other.RetryHardDeclines;

    public override int GetHashCode() => HashCode.Combine(SettlingAttempts, CancelledAfterDays, Waits?.Count, GraceDays, RetryHardDeclines);
}
