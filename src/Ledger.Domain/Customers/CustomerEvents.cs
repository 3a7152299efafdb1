namespace Ledger.Domain.Customers;

/// <summary>What can happen to a customer. Stored forever: add cases, never edit them.</summary>
public abstract record CustomerEvent : IEvent
{
    private protected CustomerEvent() { }
}

/// <param name="CustomerHandle">A short name for people, unique per tenant.</param>
/// <param name="Details">Null when nothing personal is known.</param>
/// <param name="EmailToken">The e-mail address as keyed hash, by which it is unique; null without one.</param>
/// <param name="Metadata">Only in events from before it stood, sealed, in the details.</param>
public sealed record CustomerCreated(
    CustomerId Id, string CustomerHandle, string? ExternalId = null, Personal<CustomerDetails>? Details = null,
    string? EmailToken = null, bool AutoSendInvoices = false, IReadOnlyDictionary<string, string>? Metadata = null) : CustomerEvent;

/// <summary>All that is known from now on, changed or not.</summary>
public sealed record CustomerChanged(
    CustomerId Id, string? ExternalId = null, Personal<CustomerDetails>? Details = null, string? EmailToken = null,
    bool AutoSendInvoices = false, IReadOnlyDictionary<string, string>? Metadata = null) : CustomerEvent;

/// <summary>The customer is gone, and the key to all that was personal with it.</summary>
public sealed record CustomerDeleted(CustomerId Id) : CustomerEvent;
