using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;

namespace Ledger.Api.PaymentMethods;

/// <summary>A payment method on the wire. The provider's token never leaves.</summary>
public sealed record PaymentMethodResponse(
    PaymentMethodId Id, CustomerId CustomerId, string Provider, PaymentMethodStatus Status, string Brand, string Last4, int ExpMonth, int ExpYear, bool IsDefault)
{
    public static PaymentMethodResponse From(PaymentMethod method, Wallet wallet, LocalDate today) => new(
        method.Id, method.CustomerId, method.Provider,
        !method.IsActive ? PaymentMethodStatus.Inactive : method.IsExpired(today) ? PaymentMethodStatus.Expired : PaymentMethodStatus.Active,
        method.Brand, method.Last4, method.ExpMonth, method.ExpYear, wallet.Default == method.Id);
}

public enum PaymentMethodStatus { Active, Inactive, Expired }
