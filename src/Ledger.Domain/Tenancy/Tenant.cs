namespace Ledger.Domain.Tenancy;

/// <summary>A tenant's settings, as they are now.</summary>
public abstract record Tenant : IState<Tenant, TenantEvent>
{
    private Tenant() { }

    public sealed record Unknown : Tenant;

    public sealed record Known(
        TenantId Id, string Name, TenantMode Mode, Currency Currency, DateTimeZone Zone, bool PricesIncludeTax,
        IReadOnlyList<Frequency> BillingFrequencies, DunningSettings Dunning) : Tenant
    {
        public LocalDate DateOf(Instant instant) => BusinessTime.DateOf(instant, Zone);
    }

    public static Tenant Initial { get; } = new Unknown();

    public static Tenant Evolve(Tenant state, TenantEvent @event) => @event switch
    {
        TenantCreated made => new Known(
            made.Id, made.Name, made.Mode, made.Currency, made.Zone, made.PricesIncludeTax, made.BillingFrequencies, made.Dunning),
        TenantSettingsChanged changed => (Known)state with
        {
            Name = changed.Name, Currency = changed.Currency, Zone = changed.Zone,
            PricesIncludeTax = changed.PricesIncludeTax, BillingFrequencies = changed.BillingFrequencies,
        },
        DunningConfigChanged changed => (Known)state with { Dunning = changed.Dunning },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a tenant can say.</summary>
public static class TenantRejections
{
    public static readonly Rejection NotFound = new("tenant_not_found", RejectionKind.NotFound, "No tenant has this id.");
}
