using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections.Subscriptions;

namespace Ledger.Api.PaymentMethods;

/// <summary>From a payment method's id to the wallet it is in.</summary>
internal sealed class WalletAccess(Claims claims, StateReader states, DueSubscriptions subscriptions, ViewProgress views, ProcessSignals signals)
{
    /// <exception cref="ProblemException">The tenant has no such method.</exception>
    public async Task<(PaymentMethod Method, Wallet Wallet, long Version)> Find(Call call, Guid id, CancellationToken ct)
    {
        if (await claims.OwnerOf(call.Tenant, AddPaymentMethod.ClaimKind, id.ToString(), ct) is { } stream)
        {
            var (wallet, version) = await states.WithVersion<Wallet, WalletEvent>(call.Tenant, new("wallet", stream), ct);
            if (wallet.Find(new(id)) is { } method) return (method, wallet, version);
        }

        throw new ProblemException(Problem.Of(PaymentMethodRejections.NotFound));
    }

    /// <summary>The customer's subscriptions, those of a moment ago included.</summary>
    public async Task<IReadOnlyList<SubscriptionId>> SubscriptionsOf(Call call, CustomerId customer, CancellationToken ct)
    {
        _ = await views.WaitFor(signals.Head, TimeSpan.FromSeconds(2), ct);
        return [.. (await subscriptions.OfCustomer(call.Tenant, customer.Value, ct)).Select(id => new SubscriptionId(id))];
    }
}
