using Ledger.Domain.Customers;

namespace Ledger.Api.Customers;

/// <summary>Asks whether a customer is there, before what belongs to it is looked for.</summary>
internal static class KnownCustomers
{
    /// <exception cref="ProblemException"><c>customer_not_found</c>: the tenant has no such customer.</exception>
    public static async Task MustHave(this StateReader states, Call call, CustomerId customer, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, customer.Stream, ct) is not Customer.Known)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
    }
}
