namespace Ledger.Domain.Customers;

/// <summary>Say what is known of a customer from now on. Saying what is known already changes nothing.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, <c>customer_name_or_external_id_required</c>, <c>customer_external_id_taken</c>,
/// <c>email_taken</c>.
/// </remarks>
public sealed record ChangeCustomer(
    CustomerId Id, string? ExternalId, bool HasName, Personal<CustomerDetails>? Details, string? EmailToken,
    bool AutoSendInvoices, IReadOnlyDictionary<string, string>? Metadata) : ICommand<Customer, CustomerEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<CustomerEvent> Decide(Customer state)
    {
        if (state is not Customer.Known known) return CustomerRejections.NotFound;
        if (ExternalId is null && !HasName) return CustomerRejections.NameOrExternalIdRequired;
        if (ExternalId == known.ExternalId && Details == known.Details && AutoSendInvoices == known.AutoSendInvoices
            && Domain.Metadata.Same(Metadata, known.Metadata)) return [];

        var before = CustomerClaims.Of(Id, known.ExternalId, known.EmailToken).ToList();
        var after = CustomerClaims.Of(Id, ExternalId, EmailToken).ToList();
        Decision<CustomerEvent> changed = [new CustomerChanged(Id, ExternalId, Details, EmailToken, AutoSendInvoices, Metadata)];
        return changed.Claiming(after.Except(before)).Releasing(before.Except(after));
    }
}
