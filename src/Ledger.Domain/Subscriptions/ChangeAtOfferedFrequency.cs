using Ledger.Domain.Catalog;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>A change that keeps to the frequencies on offer: those that the tenant bills by, and to customers those of each product too.</summary>
/// <remarks>
/// Refuses with <c>frequency_not_offered</c>, and as the change does. Asked about is what the change sets: a subscription keeps the
/// frequency that it has, also when the lists have changed since. Imports do not come this way: what ran elsewhere goes on in its rhythm.
/// </remarks>
/// <param name="IsOfCustomer">Whether the lists of the products count: for everybody who is not the tenant's staff.</param>
public sealed record ChangeAtOfferedFrequency(IJointCommand Change, TenantId Tenant, bool IsOfCustomer) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var decision = await Change.Decide(states);
        foreach (var changed in decision.Events.Where(one => one.Event is SubscriptionEvent).GroupBy(one => one.Stream))
        {
            var events = changed.Select(one => (SubscriptionEvent)one.Event).ToList();
            var before = events[0] is SubscriptionCreated ? null : await states.Of<Subscription, SubscriptionEvent>(changed.Key) as Subscription.Known;
            var after = (Subscription.Known)events.Aggregate(before ?? Subscription.Initial, Subscription.Evolve);
            if (await Refusal(states, before, after) is { } refusal) return refusal;
        }

        return decision;
    }

    private async ValueTask<Rejection?> Refusal(IStates states, Subscription.Known? before, Subscription.Known after)
    {
        var isSet = before?.Frequency != after.Frequency;
        var asked = !IsOfCustomer ? [] : Variations(after).Except(isSet ? [] : Variations(before!)).ToList();
        if (!isSet && asked.Count == 0) return null;

        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        var products = new List<IReadOnlyList<Frequency>>();
        foreach (var variation in asked) products.Add(await Offered(states, variation));
        if ((!isSet || tenant.BillingFrequencies.Contains(after.Frequency)) && IsOfAll(after.Frequency)) return null;

        var offered = tenant.BillingFrequencies.Where(IsOfAll).ToList();
        return SubscriptionRejections.FrequencyNotOffered.With(offered.Count == 0
            ? $"{after.Frequency} is not offered, and the items have no frequency in common."
            : $"{after.Frequency} is not offered; {string.Join(", ", offered)} {(offered.Count == 1 ? "is" : "are")}.");

        // A product without a list is offered at all that the tenant bills by.
        bool IsOfAll(Frequency frequency) => products.All(list => list.Count == 0 || list.Contains(frequency));
    }

    private static IEnumerable<ProductVariationId> Variations(Subscription.Known subscription) =>
        subscription.Items.Select(item => item.ProductVariationId).OfType<ProductVariationId>();

    private static async ValueTask<IReadOnlyList<Frequency>> Offered(IStates states, ProductVariationId variation) =>
        await states.Of<ProductVariation, ProductVariationEvent>(variation.Stream) is ProductVariation.Known known
        && await states.Of<Product, ProductEvent>(known.ProductId.Stream) is Product.Known product
            ? product.Shelf.SubscriptionFrequencies
            : [];
}
