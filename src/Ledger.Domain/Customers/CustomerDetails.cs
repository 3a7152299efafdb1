namespace Ledger.Domain.Customers;

/// <summary>What is personal about a customer. It is stored only sealed, under the customer's own key.</summary>
/// <param name="Metadata">
/// The tenant's own words, in the order of their keys, so that the same words seal to the same text; null for none.
/// </param>
public sealed record CustomerDetails(
    string? FullName = null, string? Email = null, string? PhoneNumber = null, string? Address = null, string? Address2 = null,
    string? City = null, string? PostalCode = null, string? SocialSecurityNumber = null, string? CompanyName = null,
    string? InvoiceNotes = null, string? DeliveryDetail = null, string? PackingNotes = null,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    public static CustomerDetails None { get; } = new();
}
