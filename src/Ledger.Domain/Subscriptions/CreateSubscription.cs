using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>Begin a subscription. It is active once it has items and its customer a way to pay; until then it is pending.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, <c>payment_method_not_found</c>, <c>product_variation_not_found</c>,
/// <c>product_variation_archived</c>, <c>price_missing</c>, <c>currency_mismatch</c>, <c>subscription_external_id_taken</c>, and as
/// <see cref="ApplyCoupon"/> does.
/// The first period is billed on <paramref name="StartOn"/>, or when the trial ends, at once if that day has come; with a billing day
/// other than that it is short, and prorated. A date that the place skipped is the next one.
/// </remarks>
/// <param name="Currency">Null for the tenant's.</param>
/// <param name="Items">Null when they come later.</param>
/// <param name="Today">The current date in the tenant's zone.</param>
/// <param name="TrialEndsOn">The first day that is paid for; null without a trial.</param>
/// <param name="BillingDay">The day of the month on which periods begin, from 1 to 31; null for that of the first day.</param>
/// <param name="DeliveryOptionId">Opaque: how it is delivered.</param>
public sealed record CreateSubscription(
    SubscriptionId Id, TenantId Tenant, CustomerId CustomerId, LocalDate StartOn, Frequency Frequency, Currency? Currency,
    IReadOnlyList<WantedItem>? Items, PaymentMethodId? PaymentMethodId, string? ExternalId,
    IReadOnlyDictionary<string, string>? Metadata, LocalDate Today, LocalDate? TrialEndsOn = null, int? BillingDay = null,
    string? DeliveryOptionId = null) : IJointCommand
{
    /// <summary>What reduces its first charges.</summary>
    public IReadOnlyList<CouponId> Coupons { get; init; } = [];

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.OfNew<Subscription, SubscriptionEvent>(Id.Stream);
        if (state is not Subscription.Unknown) return JointDecision.Nothing;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(CustomerId));
        if (PaymentMethodId is { } method && wallet.Find(method) is null) return PaymentMethodRejections.NotFound;

        var currency = Currency ?? tenant.Currency;
        var (start, trialEnd) = (tenant.Existing(StartOn), TrialEndsOn is { } end ? tenant.Existing(end) : (LocalDate?)null);
        var (items, rejection) = await WantedItem.Resolve(Items ?? [], currency, states);
        if (rejection is not null) return rejection;

        var decision = new JointDecision().Append(
            Id.Stream, new SubscriptionCreated(Id, CustomerId, start, Frequency, currency, PaymentMethodId, ExternalId, Metadata,
            trialEnd, BillingDay, DeliveryOptionId));
        if (ExternalId is not null)
            _ = decision.Claim(new Claim("subscription.external_id", ExternalId, Id.Stream, SubscriptionRejections.ExternalIdTaken));
        if (items.Count > 0) _ = decision.Append(Id.Stream, new SubscriptionItemsReplaced(Id, items));
        foreach (var coupon in Coupons.Distinct())
        {
            var known = (Subscription.Known)decision.Events.Select(one => one.Event).OfType<SubscriptionEvent>().Aggregate(state, Subscription.Evolve);
            var (applied, no) = await new ApplyCoupon(Id, Tenant, coupon, Today).Applied(states, known);
            if (no is not null) return no;
            _ = decision.Append(Id.Stream, applied!);
        }

        return items.Count > 0 && wallet.Chargeable(PaymentMethodId) is not null
            ? decision.Append(Id.Stream, Activation.At(Id, trialEnd ?? start, Today))
            : decision;
    }
}

/// <summary>When a subscription becomes active.</summary>
internal static class Activation
{
    /// <summary>A start in the past is billed from its own day on, a start in the future when it comes.</summary>
    /// <param name="paidUntil">The first day that was not paid for elsewhere; null where nothing was.</param>
    public static SubscriptionActivated At(SubscriptionId id, LocalDate startOn, LocalDate today, LocalDate? paidUntil = null) =>
        new(id, startOn, startOn <= today && !(paidUntil > today));
}
