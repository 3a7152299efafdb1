using Ledger.Application.Customers;
using Ledger.Domain.Customers;

namespace Ledger.Workers.Customers;

/// <summary>Takes out what is left of an erased customer, also where the process that erased them ended before it was done.</summary>
public sealed class EraseCustomerTracesHandler(CustomerErasure erasure) : IMessageHandler<EraseCustomerTraces>
{
    public Task Handle(EraseCustomerTraces message, MessageContext context, CancellationToken ct) => erasure.Erase(context.Tenant, message.Id, ct);
}
