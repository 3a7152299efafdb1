using Ledger.Domain.Customers;

namespace Ledger.Api.Customers;

/// <summary>A customer on the wire.</summary>
public sealed record CustomerResponse(
    CustomerId Id, string CustomerHandle, string? ExternalId, string? FullName, string? Email, string? PhoneNumber, string? Address,
    string? Address2, string? City, string? PostalCode, string? SocialSecurityNumber, string? CompanyName, string? InvoiceNotes,
    string? DeliveryDetail, string? PackingNotes, bool AutoSendInvoices, IReadOnlyDictionary<string, string>? Metadata)
{
    /// <param name="sight">What the one who is answered may see.</param>
    public static CustomerResponse From(Customer.Known known, CustomerDetails details, CustomerSight sight) =>
        From(known.Id, known.CustomerHandle, known.ExternalId, details, known.AutoSendInvoices, known.Metadata, sight);

    /// <inheritdoc cref="From(Customer.Known, CustomerDetails, CustomerSight)"/>
    /// <param name="metadata">What stands beside the details: of customers from before it stood in them.</param>
    public static CustomerResponse From(
        CustomerId id, string handle, string? externalId, CustomerDetails details, bool autoSend, IReadOnlyDictionary<string, string>? metadata,
        CustomerSight sight) => From(id, handle, externalId, details.Shown(sight), autoSend, details.Metadata ?? metadata);

    private static CustomerResponse From(
        CustomerId id, string handle, string? externalId, CustomerDetails details, bool autoSend, IReadOnlyDictionary<string, string>? metadata) => new(
        id, handle, externalId, details.FullName, details.Email, details.PhoneNumber, details.Address, details.Address2, details.City,
        details.PostalCode, details.SocialSecurityNumber, details.CompanyName, details.InvoiceNotes, details.DeliveryDetail,
        details.PackingNotes, autoSend, metadata);
}
