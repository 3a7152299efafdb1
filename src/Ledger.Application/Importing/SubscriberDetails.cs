using Ledger.Domain.Customers;

namespace Ledger.Application.Importing;

/// <summary>What a mapping may say of a customer's person, each name as in requests.</summary>
internal static class SubscriberDetails
{
    private static readonly Dictionary<string, Func<CustomerDetails, string?, CustomerDetails>> Put = new()
    {
        ["full_name"] = (details, text) => details with { FullName = text },
        ["email"] = (details, text) => details with { Email = text },
        ["phone_number"] = (details, text) => details with { PhoneNumber = text },
        ["address"] = (details, text) => details with { Address = text },
        ["address2"] = (details, text) => details with { Address2 = text },
        ["city"] = (details, text) => details with { City = text },
        ["postal_code"] = (details, text) => details with { PostalCode = text },
        ["social_security_number"] = (details, text) => details with { SocialSecurityNumber = text },
        ["company_name"] = (details, text) => details with { CompanyName = text },
        ["invoice_notes"] = (details, text) => details with { InvoiceNotes = text },
        ["delivery_detail"] = (details, text) => details with { DeliveryDetail = text },
        ["packing_notes"] = (details, text) => details with { PackingNotes = text },
    };

    public static IReadOnlyCollection<string> Members => Put.Keys;

    public static CustomerDetails Of(IEnumerable<KeyValuePair<string, string?>> values) =>
        values.Aggregate(CustomerDetails.None, (details, value) => Put[value.Key](details, value.Value));
}
