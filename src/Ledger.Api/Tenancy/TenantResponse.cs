using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tenancy;

/// <summary>A tenant's settings on the wire.</summary>
public sealed record TenantResponse(
    TenantId Id, string Name, TenantMode Mode, Currency Currency, DateTimeZone TimeZone, bool PricesIncludeTax,
    IReadOnlyList<Frequency> BillingFrequencies, DunningResponse Dunning)
{
    public static TenantResponse From(Tenant.Known known) => new(
        known.Id, known.Name, known.Mode, known.Currency, known.Zone, known.PricesIncludeTax, known.BillingFrequencies, DunningResponse.From(known.Dunning));
}

/// <param name="DunningSettlingAttempts">How often a payment is tried in all, once a day.</param>
/// <param name="FailedPaymentCancelledDays">Days from the first failure to the end of the subscription.</param>
public sealed record DunningResponse(int DunningSettlingAttempts, int FailedPaymentCancelledDays)
{
    public static DunningResponse From(DunningSettings settings) => new(settings.SettlingAttempts, settings.CancelledAfterDays);
}
