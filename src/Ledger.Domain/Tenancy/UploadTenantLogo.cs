namespace Ledger.Domain.Tenancy;

/// <summary>Take another logo. Its bytes were looked at and stored before; the one that is there already changes nothing.</summary>
/// <remarks>Refuses with <c>tenant_not_found</c>.</remarks>
public sealed record UploadTenantLogo(TenantId Id, TenantLogo Logo) : ICommand<Tenant, TenantEvent>
{
    public const int BytesMax = 512 * 1024, PixelsMax = 4096;

    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known known) return TenantRejections.NotFound;
        return known.Branding.Logo == Logo ? [] : [new TenantLogoUploaded(Id, Logo.Hash, Logo.ContentType, Logo.Size)];
    }
}
