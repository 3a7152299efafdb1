namespace Ledger.Domain.Tenancy;

/// <summary>Change how the tenant's documents look and speak, those of the past too when they are asked for again; what is null stays.</summary>
/// <param name="Address">All its lines from now on; none for an empty list.</param>
/// <param name="TaxNumber">An empty text takes it away.</param>
/// <remarks>Refuses with <c>tenant_not_found</c>.</remarks>
public sealed record ChangeDocumentSettings(
    TenantId Id, DocumentLanguage? Language, PdfTemplate? Template, IReadOnlyList<string>? Address, string? TaxNumber) : ICommand<Tenant, TenantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<TenantEvent> Decide(Tenant state)
    {
        if (state is not Tenant.Known { Documents: var before }) return TenantRejections.NotFound;
        var after = new DocumentSettings(
            Language ?? before.Language, Template ?? before.Template,
            Address is null ? before.Address : Address.Count == 0 ? null : Address,
            TaxNumber is null ? before.TaxNumber : TaxNumber.Length == 0 ? null : TaxNumber);
        return after == before ? [] : [new DocumentSettingsChanged(Id, after)];
    }
}
