using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Charge this method wherever a subscription names none. Choosing the default again changes nothing.</summary>
/// <remarks>Refuses with <c>payment_method_not_found</c>, <c>payment_method_inactive</c>.</remarks>
public sealed record SetDefaultPaymentMethod(PaymentMethodId Id, CustomerId CustomerId) : ICommand<Wallet, WalletEvent>
{
    public StreamId Stream => WalletStream.Of(CustomerId);

    public Decision<WalletEvent> Decide(Wallet state)
    {
        if (state.Find(Id) is not { } method) return PaymentMethodRejections.NotFound;
        if (!method.IsActive) return PaymentMethodRejections.Inactive;
        return state.Default == Id ? [] : [new DefaultPaymentMethodChanged(Id, CustomerId)];
    }
}
