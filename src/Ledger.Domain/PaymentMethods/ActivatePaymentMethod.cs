using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Let a method be charged again. Where there is no default it becomes the default. Active already: nothing.</summary>
/// <remarks>Refuses with <c>payment_method_not_found</c>.</remarks>
public sealed record ActivatePaymentMethod(PaymentMethodId Id, CustomerId CustomerId) : ICommand<Wallet, WalletEvent>
{
    public StreamId Stream => WalletStream.Of(CustomerId);

    public Decision<WalletEvent> Decide(Wallet state)
    {
        if (state.Find(Id) is not { } method) return PaymentMethodRejections.NotFound;
        if (method.IsActive) return [];
        var activated = new PaymentMethodActivated(Id, CustomerId);
        return state.Default is null ? [activated, new DefaultPaymentMethodChanged(Id, CustomerId)] : [activated];
    }
}
