using Ledger.Application.Customers;
using Ledger.Domain.Customers;

namespace Ledger.Api.Customers;

/// <summary>What a request may say of a customer. What is absent stays as it is, or is not known.</summary>
public sealed record CustomerRequest(
    [property: StaffOnly] string? ExternalId = null, string? FullName = null, string? Email = null, string? PhoneNumber = null, string? Address = null,
    string? Address2 = null, string? City = null, string? PostalCode = null, string? SocialSecurityNumber = null,
    string? CompanyName = null, [property: StaffOnly] string? InvoiceNotes = null, string? DeliveryDetail = null,
    [property: StaffOnly] string? PackingNotes = null, bool? AutoSendInvoices = null,
    [property: StaffOnly] IReadOnlyDictionary<string, string>? Metadata = null)
{
    private const int LineMax = 200, NotesMax = 2000;

    public void OrRefuse() => new Check()
        .ExternalId(ExternalId).Text(FullName, "/full_name", LineMax)
        .Email(Email, "/email")
        .Text(PhoneNumber, "/phone_number", 40)
        .And(PhoneNumber is null || TelephoneNumbers.IsValid(PhoneNumber), "/phone_number", "not_a_phone_number", TelephoneNumbers.Reason)
        .Text(Address, "/address", LineMax).Text(Address2, "/address2", LineMax)
        .Text(City, "/city", LineMax).Text(PostalCode, "/postal_code", 20).Text(SocialSecurityNumber, "/social_security_number", 40)
        .Text(CompanyName, "/company_name", LineMax).Text(InvoiceNotes, "/invoice_notes", NotesMax)
        .Text(DeliveryDetail, "/delivery_detail", NotesMax).Text(PackingNotes, "/packing_notes", NotesMax)
        .Metadata(Metadata).OrRefuse();

    /// <summary>What is known before, with what this says. A national id that comes back as it was shown masked stays as it is.</summary>
    public CustomerDetails Over(CustomerDetails before) => new(
        FullName ?? before.FullName, Email ?? before.Email, PhoneNumber ?? before.PhoneNumber, Address ?? before.Address,
        Address2 ?? before.Address2, City ?? before.City, PostalCode ?? before.PostalCode,
        SocialSecurityNumber is null || SocialSecurityNumber == CustomerSights.Masked(before.SocialSecurityNumber) ? before.SocialSecurityNumber : SocialSecurityNumber, CompanyName ?? before.CompanyName, InvoiceNotes ?? before.InvoiceNotes,
        DeliveryDetail ?? before.DeliveryDetail, PackingNotes ?? before.PackingNotes,
        Metadata is null ? before.Metadata : Metadata.Count == 0 ? null : new SortedDictionary<string, string>(Metadata.ToDictionary(), StringComparer.Ordinal));
}
