using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

public readonly record struct PaymentMethodId(Guid Value) : IId<PaymentMethodId>
{
    public static PaymentMethodId From(Guid value) => new(value);
}

/// <summary>Where all payment methods of a customer are kept, so that exactly one is the default.</summary>
public static class WalletStream
{
    public static StreamId Of(CustomerId customer) => new("wallet", DerivedId.Of(customer.Value, "wallet"));
}
