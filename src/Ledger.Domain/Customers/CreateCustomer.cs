namespace Ledger.Domain.Customers;

/// <summary>Take in a customer, by name or by an id of the tenant's own.</summary>
/// <remarks>
/// Refuses with <c>customer_name_or_external_id_required</c>, <c>customer_external_id_taken</c>, <c>email_taken</c>.
/// </remarks>
/// <param name="HasName">Whether the sealed details have a name or a company's name.</param>
public sealed record CreateCustomer(
    CustomerId Id, string CustomerHandle, string? ExternalId, bool HasName, Personal<CustomerDetails>? Details, string? EmailToken,
    bool AutoSendInvoices, IReadOnlyDictionary<string, string>? Metadata) : ICommand<Customer, CustomerEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<CustomerEvent> Decide(Customer state)
    {
        if (state is not Customer.Unknown) return [];
        if (ExternalId is null && !HasName) return CustomerRejections.NameOrExternalIdRequired;

        Decision<CustomerEvent> created =
            [new CustomerCreated(Id, CustomerHandle, ExternalId, Details, EmailToken, AutoSendInvoices, Metadata)];
        return created.Claiming([
            new Claim("customer.handle", CustomerHandle, Stream, CustomerRejections.HandleTaken),
            .. CustomerClaims.Of(Id, ExternalId, EmailToken)]);
    }
}
