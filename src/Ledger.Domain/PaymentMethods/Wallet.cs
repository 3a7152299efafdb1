using System.Collections.Immutable;
using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

/// <summary>The payment methods of a customer, in the order they were added.</summary>
/// <param name="Default">Always an active one; null while there is none.</param>
public sealed record Wallet(ImmutableList<PaymentMethod> Methods, PaymentMethodId? Default) : IState<Wallet, WalletEvent>
{
    public static Wallet Initial { get; } = new(ImmutableList<PaymentMethod>.Empty, null);

    /// <summary>What was here once and never comes back, however late a message about it arrives.</summary>
    public ImmutableHashSet<PaymentMethodId> Removed { get; private init; } = [];

    public PaymentMethod? Find(PaymentMethodId id) => Methods.Find(one => one.Id == id);

    /// <summary>The method to charge: the wished one while it can be charged, else the default; null when there is none.</summary>
    public PaymentMethod? Chargeable(PaymentMethodId? wished) =>
        Methods.Find(one => one.Id == wished && one.IsActive) ?? Methods.Find(one => one.Id == Default && one.IsActive);

    public static Wallet Evolve(Wallet state, WalletEvent @event) => @event switch
    {
        PaymentMethodAdded added => state with
        {
            Methods = state.Methods.Add(new(
                added.Id, added.CustomerId, added.Provider, added.Token, added.Brand, added.Last4, added.ExpMonth, added.ExpYear, true)),
        },
        DefaultPaymentMethodChanged changed => state with { Default = changed.Id },
        PaymentMethodDeactivated off => state.Put(off.Id, method => method with { IsActive = false }) with
        {
            Default = state.Default == off.Id ? null : state.Default,
        },
        PaymentMethodActivated on => state.Put(on.Id, method => method with { IsActive = true }),
        PaymentMethodRemoved removed => state with
        {
            Methods = state.Methods.RemoveAll(one => one.Id == removed.Id),
            Default = state.Default == removed.Id ? null : state.Default,
            Removed = state.Removed.Add(removed.Id),
        },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private Wallet Put(PaymentMethodId id, Func<PaymentMethod, PaymentMethod> change) =>
        this with { Methods = Methods.Replace(Find(id)!, change(Find(id)!)) };
}

public sealed record PaymentMethod(
    PaymentMethodId Id, CustomerId CustomerId, string Provider, string Token, string Brand, string Last4, int ExpMonth, int ExpYear,
    bool IsActive)
{
    /// <summary>A card is good to the last day of its month.</summary>
    public bool IsExpired(LocalDate today) => today.Year > ExpYear || (today.Year == ExpYear && today.Month > ExpMonth);
}

/// <summary>Every "no" about payment methods.</summary>
public static class PaymentMethodRejections
{
    public static readonly Rejection NotFound = new("payment_method_not_found", RejectionKind.NotFound, "No payment method has this id.");

    public static readonly Rejection InUse = new(
        "payment_method_in_use", RejectionKind.Conflict, "It is the only payment method of a running subscription. Add another one first.");

    public static readonly Rejection Inactive = new("payment_method_inactive", RejectionKind.Conflict, "The payment method is not active.");

    public static readonly Rejection TooMany = new(
        "too_many_payment_methods", RejectionKind.Unprocessable, "A customer has at most 20 payment methods.");
}
