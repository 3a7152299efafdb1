using Ledger.Domain.Customers;
using Ledger.EventStore.Audit;
using Ledger.Identity;

namespace Ledger.Application.Customers;

/// <summary>What is left of a customer beside the log once their key is destroyed. Again changes nothing.</summary>
public sealed class CustomerErasure(CustomerTraces traces, IdentityTables identity)
{
    public async Task Erase(string tenant, CustomerId customer, CancellationToken ct)
    {
        await identity.Erase(tenant, customer.Value, ct);
        await traces.Erase(tenant, customer.Value, ct);
    }
}
