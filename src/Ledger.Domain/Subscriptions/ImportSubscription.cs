using Ledger.Domain.Customers;

namespace Ledger.Domain.Subscriptions;

/// <summary>Take in a subscription that ran elsewhere. Until it is activated it is pending: nothing of it is billed.</summary>
/// <remarks>
/// One that has ended there is ended here with the same events, so that it never runs, whatever happens in between. Taking it in again
/// ends one that has ended there since, and changes nothing else. Refuses with <c>customer_not_found</c>,
/// <c>paid_until_before_start</c>, <c>amount_too_large</c>, <c>currency_mismatch</c>.
/// </remarks>
/// <param name="HasEnded">Whether the customer has left.</param>
/// <param name="Today">The current date in the tenant's zone.</param>
public sealed record ImportSubscription(
    SubscriptionId Id, CustomerId CustomerId, ImportedTerms Terms, bool HasEnded, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.OfNew<Subscription, SubscriptionEvent>(Id.Stream);
        if (state is Subscription.Known known)
            return HasEnded && !known.IsEnded ? new JointDecision().Append(Id.Stream, Ended()) : JointDecision.Nothing;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (Terms.PaidUntil < Terms.StartOn) return SubscriptionRejections.PaidUntilBeforeStart;

        var (items, rejection) = await WantedItem.Resolve([Terms.Item], Terms.Currency, states);
        if (rejection is not null) return rejection;
        var decision = new JointDecision().Append(
            Id.Stream,
            new SubscriptionCreated(Id, CustomerId, Terms.StartOn, Terms.Frequency, Terms.Currency, PaidUntil: Terms.PaidUntil),
            new SubscriptionItemsReplaced(Id, items));
        return HasEnded ? decision.Append(Id.Stream, Ended()) : decision;
    }

    private SubscriptionCancelled Ended() => new(Id, Today);
}

/// <summary>What a subscription that ran elsewhere is about.</summary>
/// <param name="StartOn">The first day with service, and what its periods are counted from.</param>
/// <param name="PaidUntil">The first day that was not paid for there; null where nothing was.</param>
/// <param name="Item">At its own price, in <paramref name="Currency"/>.</param>
public sealed record ImportedTerms(LocalDate StartOn, LocalDate? PaidUntil, Frequency Frequency, Currency Currency, WantedItem Item);
