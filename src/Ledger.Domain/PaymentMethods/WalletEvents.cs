using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

/// <summary>What can happen to the payment methods of a customer. Stored forever: add cases, never edit them.</summary>
public abstract record WalletEvent : IEvent
{
    private protected WalletEvent() { }
}

/// <param name="Token">What the provider knows it by; never a card number.</param>
/// <param name="Fingerprint">The same for the same card; says nothing of its number.</param>
public sealed record PaymentMethodAdded(
    PaymentMethodId Id, CustomerId CustomerId, string Provider, string Token, string Brand, string Last4, int ExpMonth, int ExpYear,
    string? Fingerprint = null) : WalletEvent;

/// <summary>Charges go here unless a subscription says otherwise.</summary>
/// <param name="IsFirst">Whether the customer never had a method before, so that nobody need ask what it could pay.</param>
public sealed record DefaultPaymentMethodChanged(PaymentMethodId Id, CustomerId CustomerId, bool IsFirst = false) : WalletEvent;

public sealed record PaymentMethodDeactivated(PaymentMethodId Id, CustomerId CustomerId) : WalletEvent;

public sealed record PaymentMethodActivated(PaymentMethodId Id, CustomerId CustomerId) : WalletEvent;

public sealed record PaymentMethodRemoved(PaymentMethodId Id, CustomerId CustomerId) : WalletEvent;
