namespace Ledger.Domain.Tenancy;

/// <summary>Change what is set; what is null stays. Invoices already issued stay as they are.</summary>
/// <remarks>Refuses with <c>tenant_not_found</c>.</remarks>
public sealed record ChangeTenantSettings(
    TenantId Id, string? Name, Currency? Currency, DateTimeZone? Zone, bool? PricesIncludeTax,
    IReadOnlyList<Frequency>? BillingFrequencies) : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known known) return TenantRejections.NotFound;
        var changed = new TenantSettingsChanged(
            Id, Name ?? known.Name, Currency ?? known.Currency, Zone ?? known.Zone, PricesIncludeTax ?? known.PricesIncludeTax,
            BillingFrequencies ?? known.BillingFrequencies);
        var already = changed.Name == known.Name && changed.Currency == known.Currency && changed.Zone.Equals(known.Zone)
            && changed.PricesIncludeTax == known.PricesIncludeTax && changed.BillingFrequencies.SequenceEqual(known.BillingFrequencies);
        return already ? [] : [changed];
    }
}
