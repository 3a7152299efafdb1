namespace Ledger.Domain.Tenancy;

/// <summary>Change how the tenant looks; what is null stays.</summary>
/// <param name="CssUrl">An empty text takes it away.</param>
/// <remarks>Refuses with <c>tenant_not_found</c>.</remarks>
public sealed record ChangeTenantBranding(TenantId Id, string? PrimaryColor, string? CssUrl) : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known known) return TenantRejections.NotFound;
        var before = known.Branding;
        var css = CssUrl switch { null => before.CssUrl, "" => null, _ => new Uri(CssUrl) };
        var after = before with { PrimaryColor = PrimaryColor?.ToLowerInvariant() ?? before.PrimaryColor, CssUrl = css };
        return after == before ? [] : [new TenantBrandingChanged(Id, after.PrimaryColor, after.CssUrl)];
    }
}
