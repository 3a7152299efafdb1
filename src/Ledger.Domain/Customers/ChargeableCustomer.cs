namespace Ledger.Domain.Customers;

/// <summary>The one rule by which nobody is invoiced or charged who has been deleted. Every command that does so asks it.</summary>
internal static class ChargeableCustomer
{
    /// <summary><c>customer_not_found</c> for a deleted one; null otherwise, and for a buyer whom we do not know.</summary>
    public static async ValueTask<Rejection?> Refusal(IStates states, CustomerId? customer) =>
        customer is { } id && await states.Of<Customer, CustomerEvent>(id.Stream) is Customer.Deleted ? CustomerRejections.NotFound : null;
}
