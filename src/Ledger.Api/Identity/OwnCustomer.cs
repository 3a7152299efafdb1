using Ledger.Api.Customers;
using Ledger.Application.Customers;
using Ledger.Domain.Customers;

namespace Ledger.Api.Identity;

/// <summary>What customers who log in are told of themselves.</summary>
internal sealed class OwnCustomer(StateReader states, CustomerSealing sealing)
{
    /// <summary>Null for whoever is no customer.</summary>
    public async Task<CustomerResponse?> Of(Caller caller, CancellationToken ct)
    {
        if (caller.Customer is not { } id) return null;
        return await states.Of<Customer, CustomerEvent>(caller.TenantName, id.Stream, ct) is Customer.Known known
            ? CustomerResponse.From(known, await sealing.Open(caller.TenantName, id, known.Details, ct), CustomerSights.Of(caller))
            : null;
    }
}
