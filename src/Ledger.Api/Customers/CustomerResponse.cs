using Ledger.Domain.Customers;

namespace Ledger.Api.Customers;

/// <summary>A customer on the wire.</summary>
public sealed record CustomerResponse(
    CustomerId Id, string CustomerHandle, string? ExternalId, string? FullName, string? Email, string? PhoneNumber, string? Address,
    string? Address2, string? City, string? PostalCode, string? SocialSecurityNumber, string? CompanyName, string? InvoiceNotes,
    string? DeliveryDetail, string? PackingNotes, bool AutoSendInvoices, IReadOnlyDictionary<string, string>? Metadata)
{
    public static CustomerResponse From(Customer.Known known, CustomerDetails details) =>
        From(known.Id, known.CustomerHandle, known.ExternalId, details, known.AutoSendInvoices, known.Metadata);

    public static CustomerResponse From(
        CustomerId id, string handle, string? externalId, CustomerDetails details, bool autoSend, IReadOnlyDictionary<string, string>? metadata) => new(
        id, handle, externalId, details.FullName, details.Email, details.PhoneNumber, details.Address, details.Address2, details.City,
        details.PostalCode, Masked(details.SocialSecurityNumber), details.CompanyName, details.InvoiceNotes, details.DeliveryDetail,
        details.PackingNotes, autoSend, metadata);

    /// <summary>Source: rule G-04.</summary>
    private static string? Masked(string? number) =>
        number is null ? null : new string('*', Math.Max(0, number.Length - 4)) + number[Math.Max(0, number.Length - 4)..];
}
