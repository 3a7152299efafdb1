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
        /// <summary>Under which it is found beside its id.</summary>
        public IReadOnlyList<string> HostNames { get; init; } = [];

        /// <summary>How often each of its keys may ask for one operation; null for what is usual.</summary>
        public int? RateLimitPerMinute { get; init; }

        /// <summary>Whose pages may call from browsers.</summary>
        public IReadOnlyList<string> CorsOrigins { get; init; } = [];

        /// <summary>Points for each whole unit of a currency that a customer pays; null for none.</summary>
        public int? LoyaltyPointsPerUnit { get; init; }

        /// <summary>Whether several coupons may reduce one charge.</summary>
        public bool CouponsStack { get; init; }

        public Branding Branding { get; init; } = Branding.None;

        public DocumentSettings Documents { get; init; } = DocumentSettings.Default;

        public LocalDate DateOf(Instant instant) => BusinessTime.DateOf(instant, Zone);

        /// <inheritdoc cref="BusinessTime.Existing"/>
        public LocalDate Existing(LocalDate date) => BusinessTime.Existing(date, Zone);
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
            HostNames = changed.HostNames ?? [], RateLimitPerMinute = changed.RateLimitPerMinute, CorsOrigins = changed.CorsOrigins ?? [],
            LoyaltyPointsPerUnit = changed.LoyaltyPointsPerUnit, CouponsStack = changed.CouponsStack,
        },
        TenantBrandingChanged changed => With(state, branding => branding with { PrimaryColor = changed.PrimaryColor, CssUrl = changed.CssUrl }),
        TenantLogoUploaded logo => With(state, branding => branding with { Logo = new(logo.Hash, logo.ContentType, logo.Size) }),
        DocumentSettingsChanged changed => (Known)state with { Documents = changed.Documents },
        DunningConfigChanged changed => (Known)state with { Dunning = changed.Dunning },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known With(Tenant state, Func<Branding, Branding> change)
    {
        var known = (Known)state;
        return known with { Branding = change(known.Branding) };
    }
}

/// <summary>Every "no" a tenant can say.</summary>
public static class TenantRejections
{
    public static readonly Rejection NotFound = new("tenant_not_found", RejectionKind.NotFound, "No tenant has this id.");
    public static readonly Rejection HostNameTaken = new("tenant_host_name_taken", RejectionKind.Conflict, "Another tenant has this host name.");
    public static readonly Rejection HostNameNotProved = new(
        "tenant_host_name_not_proved", RejectionKind.Unprocessable, "Nothing shows yet that the host name is yours.");
    public static readonly Rejection LogoNotFound = new("tenant_logo_not_found", RejectionKind.NotFound, "The tenant has no such logo.");
    public static readonly Rejection LogoNotAnImage = new("tenant_logo_not_an_image", RejectionKind.Unprocessable, "A logo is a PNG, a JPEG or a WebP, of at most 4096 by 4096 pixels.");
    public static readonly Rejection LogoTooLarge = new("tenant_logo_too_large", RejectionKind.Unprocessable, "A logo has at most 512 kB.");
}
