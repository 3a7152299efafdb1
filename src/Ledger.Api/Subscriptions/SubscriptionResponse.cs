using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Subscriptions;

namespace Ledger.Api.Subscriptions;

/// <summary>A subscription on the wire.</summary>
/// <param name="InvoicedUntil">The first day that has no invoice; absent before the first invoice.</param>
/// <param name="NextBillingOn">The day of the next invoice, while it is being billed.</param>
/// <param name="EndsOn">The first day without service, once cancellation is scheduled.</param>
/// <param name="TrialEndsOn">The first day that is paid for, where there is a trial.</param>
/// <param name="BillingDay">The day of the month on which periods begin, where it was chosen.</param>
/// <param name="DeliveryOptionId">As it was sent.</param>
/// <param name="Coupons">What reduces its next charges.</param>
public sealed record SubscriptionResponse(
    SubscriptionId Id, CustomerId CustomerId, SubscriptionStatus Status, LocalDate StartDate, Frequency Frequency, Currency Currency,
    IReadOnlyList<ItemResponse> Items, PaymentMethodId? PaymentMethodId, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata,
    LocalDate? InvoicedUntil, LocalDate? NextBillingOn, ChaseResponse? Dunning, LocalDate? EndsOn,
    LocalDate? TrialEndsOn, int? BillingDay, string? DeliveryOptionId, IReadOnlyList<AppliedCouponResponse> Coupons)
{
    public static SubscriptionResponse From(Subscription.Known known) => new(
        known.Id, known.CustomerId, known.Status, known.StartOn, known.Frequency, known.Currency, [.. known.Items.Select(ItemResponse.From)],
        known.PaymentMethodId, known.ExternalId, known.Metadata, known.InvoicedUntil,
        known.Status is SubscriptionStatus.Active && known.NextPeriod is { } next && !(known.EndsOn <= next.From) ? next.From : null,
        known.Chase is { } chase && known.Status is SubscriptionStatus.PastDue or SubscriptionStatus.Error
            ? new(known.Chase!.Since, known.Chase.AttemptsMax, known.Chase.ExpiresOn) : null,
        known.IsEnded ? null : known.EndsOn, known.TrialEndsOn, known.BillingDay, known.DeliveryOptionId,
        [.. known.Coupons.Select(AppliedCouponResponse.From)]);

    public static SubscriptionResponse From(SubscriptionRow row)
    {
        var status = Enum.Parse<SubscriptionStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        var next = row.InvoicedUntil is { } until && until > row.Anchor ? until : row.Anchor;
        return new(
            new(row.Id), new(row.CustomerId), status, row.StartOn, Frequency.Parse(row.Frequency), Currency.Parse(row.Currency),
            [.. Json.To<List<SubscriptionItem>>(row.Items)!.Select(ItemResponse.From)], row.PaymentMethodId is { } method ? new(method) : null,
            row.ExternalId, Json.To<Dictionary<string, string>>(row.Metadata), row.InvoicedUntil,
            status is SubscriptionStatus.Active && !(row.EndsOn <= next) ? next : null,
            status is SubscriptionStatus.PastDue or SubscriptionStatus.Error ? new(row.PastDueSince!.Value, row.AttemptsMax!.Value, row.ExpiresOn!.Value) : null,
            status is SubscriptionStatus.Cancelled or SubscriptionStatus.Expired ? null : row.EndsOn, row.TrialEndsOn, row.BillingDay,
            row.DeliveryOptionId, [.. (Json.To<List<AppliedCoupon>>(row.Coupons) ?? []).Select(AppliedCouponResponse.From)]);
    }
}

/// <param name="IsPriceFrozen">False when each invoice takes the catalog's price of its day.</param>
public sealed record ItemResponse(
    Guid Id, ProductVariationId? ProductVariationId, string Description, long Quantity, Money UnitPrice, TaxRate TaxRate, bool IsPriceFrozen)
{
    public static ItemResponse From(SubscriptionItem item) => new(
        item.Id, item.ProductVariationId, item.Description, item.Quantity, item.UnitPrice, item.TaxRate, item.IsPriceFrozen);
}

/// <summary>The chase of an unpaid invoice.</summary>
/// <param name="ExpiresOn">The day on which the subscription ends if nothing is paid by then.</param>
public sealed record ChaseResponse(LocalDate Since, int AttemptsMax, LocalDate ExpiresOn);

/// <summary>A coupon that reduces the next charges.</summary>
/// <param name="ChargesLeft">How many more; absent for no end.</param>
public sealed record AppliedCouponResponse(CouponId CouponId, string Code, int? ChargesLeft)
{
    public static AppliedCouponResponse From(AppliedCoupon applied) => new(applied.CouponId, applied.Code, applied.ChargesLeft);
}
