using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Keep a payment method for a customer. Where there is no default it becomes the default.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, <c>too_many_payment_methods</c>. Adding it again changes nothing, also after it
/// was removed.
/// </remarks>
/// <param name="IsCustomerNew">Whether there is most likely no method yet; a guess that spares a look and decides nothing.</param>
public sealed record AddPaymentMethod(
    PaymentMethodId Id, CustomerId CustomerId, string Provider, string Token, string Brand, string Last4, int ExpMonth, int ExpYear,
    string? Fingerprint, bool IsCustomerNew = false) : IJointCommand
{
    public const int MethodsMax = 20;
    public const string ClaimKind = "payment_method";

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var stream = WalletStream.Of(CustomerId);
        var wallet = IsCustomerNew ? await states.OfNew<Wallet, WalletEvent>(stream) : await states.Of<Wallet, WalletEvent>(stream);
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (wallet.Find(Id) is not null || wallet.Removed.Contains(Id)) return JointDecision.Nothing;
        if (wallet.Methods.Count >= MethodsMax) return PaymentMethodRejections.TooMany;

        var decision = new JointDecision()
            .Append(stream, new PaymentMethodAdded(Id, CustomerId, Provider, Token, Brand, Last4, ExpMonth, ExpYear, Fingerprint))
            .Claim(ClaimOf(Id, CustomerId));
        return wallet.Default is null ? decision.Append(stream, new DefaultPaymentMethodChanged(
            Id, CustomerId, IsFirst: wallet.Methods.IsEmpty && wallet.Removed.IsEmpty)) : decision;
    }

    /// <summary>By which a method leads to its customer.</summary>
    internal static Claim ClaimOf(PaymentMethodId id, CustomerId customer) =>
        new(ClaimKind, id.Value.ToString(), WalletStream.Of(customer), PaymentMethodRejections.NotFound);
}
