namespace Ledger.Domain.Tenancy;

/// <summary>Change what is set; what is null stays. Invoices already issued stay as they are.</summary>
/// <param name="HostNames">All of them from now on; a name is one tenant's at most.</param>
/// <param name="CorsOrigins">All of them from now on; several tenants may have one.</param>
/// <param name="LoyaltyPointsPerUnit">Points for each whole unit of a currency that a customer pays from now on; 0 for none.</param>
/// <param name="CouponsStack">Whether several coupons may reduce one charge; those that do go on, whatever is set.</param>
/// <remarks>Refuses with <c>tenant_not_found</c>, <c>tenant_host_name_taken</c>.</remarks>
public sealed record ChangeTenantSettings(
    TenantId Id, string? Name, Currency? Currency, DateTimeZone? Zone, bool? PricesIncludeTax,
    IReadOnlyList<Frequency>? BillingFrequencies, IReadOnlyList<string>? HostNames = null, int? RateLimitPerMinute = null,
    IReadOnlyList<string>? CorsOrigins = null, int? LoyaltyPointsPerUnit = null, bool? CouponsStack = null)
    : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known known) return TenantRejections.NotFound;
        var names = InOrder(HostNames) ?? known.HostNames;
        var origins = InOrder(CorsOrigins) ?? known.CorsOrigins;
        var changed = new TenantSettingsChanged(
            Id, Name ?? known.Name, Currency ?? known.Currency, Zone ?? known.Zone, PricesIncludeTax ?? known.PricesIncludeTax,
            BillingFrequencies ?? known.BillingFrequencies, names.Count == 0 ? null : names, RateLimitPerMinute ?? known.RateLimitPerMinute,
            origins.Count == 0 ? null : origins, LoyaltyPointsPerUnit is 0 ? null : LoyaltyPointsPerUnit ?? known.LoyaltyPointsPerUnit,
            CouponsStack ?? known.CouponsStack);
        if (IsAlready(changed, known)) return [];

        Decision<TenantEvent> decided = [changed];
        return decided.Claiming(names.Except(known.HostNames).Select(name => HostName.Claim(Id, name)))
            .Releasing(known.HostNames.Except(names).Select(name => HostName.Claim(Id, name)));
    }

    private static List<string>? InOrder(IReadOnlyList<string>? texts) => texts?.Distinct().Order(StringComparer.Ordinal).ToList();

    private static bool IsAlready(TenantSettingsChanged changed, Tenant.Known known) =>
        changed.Name == known.Name && changed.Currency == known.Currency && changed.Zone.Equals(known.Zone)
        && changed.PricesIncludeTax == known.PricesIncludeTax && changed.BillingFrequencies.SequenceEqual(known.BillingFrequencies)
        && (changed.HostNames ?? []).SequenceEqual(known.HostNames) && changed.RateLimitPerMinute == known.RateLimitPerMinute
        && (changed.CorsOrigins ?? []).SequenceEqual(known.CorsOrigins)
        && changed.LoyaltyPointsPerUnit == known.LoyaltyPointsPerUnit && changed.CouponsStack == known.CouponsStack;
}
