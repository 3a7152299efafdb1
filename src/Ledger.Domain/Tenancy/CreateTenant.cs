namespace Ledger.Domain.Tenancy;

/// <summary>Take in a business. Repeating it with the same id changes nothing.</summary>
public sealed record CreateTenant(
    TenantId Id, string Name, TenantMode Mode, Currency Currency, DateTimeZone Zone, bool PricesIncludeTax,
    IReadOnlyList<Frequency> BillingFrequencies, DunningSettings Dunning) : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<TenantEvent> Decide(Tenant state) => state is Tenant.Known
        ? []
        : [new TenantCreated(Id, Name, Mode, Currency, Zone, PricesIncludeTax, BillingFrequencies, Dunning)];
}
