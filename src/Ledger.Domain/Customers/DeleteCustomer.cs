namespace Ledger.Domain.Customers;

/// <summary>Forget a customer: the key to everything personal is destroyed with this. Deleting again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>. Invoices, payments and reports keep their amounts. The external id and the
/// e-mail address are free again.
/// </remarks>
public sealed record DeleteCustomer(CustomerId Id) : ICommand<Customer, CustomerEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<CustomerEvent> Decide(Customer state)
    {
        if (state is Customer.Deleted) return [];
        if (state is not Customer.Known known) return CustomerRejections.NotFound;
        Decision<CustomerEvent> deleted = [new CustomerDeleted(Id)];
        return deleted.Releasing([
            new Claim("customer.handle", known.CustomerHandle, Stream, CustomerRejections.HandleTaken),
            .. CustomerClaims.Of(Id, known.ExternalId, known.EmailToken)]);
    }
}
