namespace Ledger.Domain.Customers;

/// <summary>Take out what is left of an erased customer beside the log: from where they came, and how they logged in.</summary>
public sealed record EraseCustomerTraces(CustomerId Id) : IMessage;

/// <summary>Who is forgotten leaves no trace that leads to them.</summary>
public sealed class ErasurePolicy : IPolicy
{
    public string Name => "erasure";

    public IEnumerable<Send> React(IEvent @event, EventContext context) =>
        @event is CustomerDeleted gone ? [new(new EraseCustomerTraces(gone.Id))] : [];
}
