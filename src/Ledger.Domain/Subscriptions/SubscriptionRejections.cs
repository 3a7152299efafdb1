namespace Ledger.Domain.Subscriptions;

/// <summary>Every "no" a subscription can say.</summary>
public static class SubscriptionRejections
{
    public static readonly Rejection NotFound = new(
        "subscription_not_found", RejectionKind.NotFound, "No subscription has this id.");

    public static readonly Rejection NotActive = new(
        "subscription_not_active", RejectionKind.Conflict, "Only an active subscription can be paused, or changed at once.");

    public static readonly Rejection NotOnHold = new(
        "subscription_not_on_hold", RejectionKind.Conflict, "Only a subscription on hold can be resumed.");

    public static readonly Rejection Ended = new("subscription_ended", RejectionKind.Conflict, "The subscription has ended.");

    public static readonly Rejection Unpaid = new(
        "subscription_unpaid", RejectionKind.Conflict, "Its last invoice is not paid.");

    public static readonly Rejection RefundOnlyNow = new(
        "refund_only_at_once", RejectionKind.Unprocessable, "What is unused is refunded only when the subscription is cancelled at once.");

    public static readonly Rejection DateInPast = new(
        "date_in_past", RejectionKind.Unprocessable, "A subscription cannot be cancelled for a day that has passed.");

    public static readonly Rejection PaidUntilBeforeStart = new(
        "paid_until_before_start", RejectionKind.Unprocessable, "The day until which it is paid is not before its start.");

    public static readonly Rejection NoItems = new(
        "subscription_items_required", RejectionKind.Unprocessable, "A subscription that is being billed needs at least one item.");

    public static readonly Rejection MixedFrequencies = new(
        "mixed_frequencies", RejectionKind.Unprocessable, "All items of a subscription have one frequency.");

    public static readonly Rejection FrequencyNotOffered = new(
        "frequency_not_offered", RejectionKind.Unprocessable, "A subscription is billed at a frequency that is offered.");

    public static readonly Rejection ExternalIdTaken = new(
        "subscription_external_id_taken", RejectionKind.Conflict, "Another subscription has this external id.");

    public static readonly Rejection CurrencyMismatch = new(
        "currency_mismatch", RejectionKind.Unprocessable, "All prices of a subscription are in its currency.");

    public static readonly Rejection PriceMissing = new(
        "price_missing", RejectionKind.Unprocessable, "The product variation has no price in the subscription's currency.");

    public static readonly Rejection NothingBilled = new(
        "subscription_not_billed", RejectionKind.Conflict, "The subscription is not being billed.");

    public static readonly Rejection AmountTooLarge = new(
        "amount_too_large", RejectionKind.Unprocessable, "The amounts are larger than can be billed.");
}
