using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.Projections.Tenancy;

namespace Ledger.Api.Tenancy;

/// <summary>A tenant's settings on the wire.</summary>
/// <param name="HostNames">Under which it is found beside its id.</param>
/// <param name="RateLimitPerMinute">How often each of its keys may ask for one operation; absent for 600,000.</param>
/// <param name="CorsOrigins">Whose pages may call from browsers.</param>
/// <param name="LoyaltyPointsPerUnit">Points for each whole unit of a currency that a customer pays; absent for none.</param>
/// <param name="CouponsStack">Whether several coupons may reduce one charge.</param>
public sealed record TenantResponse(
    TenantId Id, string Name, TenantMode Mode, Currency Currency, DateTimeZone TimeZone, bool PricesIncludeTax,
    IReadOnlyList<Frequency> BillingFrequencies, DunningResponse Dunning, IReadOnlyList<string> HostNames, int? RateLimitPerMinute,
    IReadOnlyList<string> CorsOrigins, int? LoyaltyPointsPerUnit, bool CouponsStack)
{
    public static TenantResponse From(Tenant.Known known) => new(
        known.Id, known.Name, known.Mode, known.Currency, known.Zone, known.PricesIncludeTax, known.BillingFrequencies,
        DunningResponse.From(known.Dunning), known.HostNames, known.RateLimitPerMinute, known.CorsOrigins, known.LoyaltyPointsPerUnit, known.CouponsStack);
}

/// <summary>A tenant in a list.</summary>
public sealed record TenantLineResponse(TenantId Id, string Name, TenantMode Mode, string Currency, string TimeZone, Instant CreatedAt)
{
    public static TenantLineResponse From(TenantRow row) => new(
        new(row.Id), row.Name, row.Mode == "live" ? TenantMode.Live : TenantMode.Sandbox, row.Currency, row.Zone, row.CreatedAt);
}

/// <param name="DunningSettlingAttempts">How often a payment is tried in all, once a day; does not count while there are waits.</param>
/// <param name="FailedPaymentCancelledDays">Days from the first failure to the end of the subscription.</param>
/// <param name="RetryWaits">Days from each attempt to the next; absent for one attempt a day.</param>
/// <param name="GraceDays">Days from the first failure in which the customer is served as before.</param>
/// <param name="RetryHardDeclines">Whether a card is tried again that cannot help, or no card at all.</param>
public sealed record DunningResponse(
    int DunningSettlingAttempts, int FailedPaymentCancelledDays, IReadOnlyList<int>? RetryWaits, int GraceDays, bool RetryHardDeclines)
{
    public static DunningResponse From(DunningSettings settings) => new(
        settings.SettlingAttempts, settings.CancelledAfterDays, settings.Waits, settings.GraceDays ?? 0, settings.RetryHardDeclines);
}
