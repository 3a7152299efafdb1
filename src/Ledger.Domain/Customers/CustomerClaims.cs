namespace Ledger.Domain.Customers;

/// <summary>What only one customer of a tenant may have.</summary>
internal static class CustomerClaims
{
    public static IEnumerable<Claim> Of(CustomerId id, string? externalId, string? emailToken)
    {
        if (externalId is not null) yield return new("customer.external_id", externalId, id.Stream, CustomerRejections.ExternalIdTaken);
        if (emailToken is not null) yield return new("customer.email", emailToken, id.Stream, CustomerRejections.EmailTaken);
    }
}
