using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.Dunning;
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
    /// <param name="forecast">What the chase is going to do, where it was asked for.</param>
    public static SubscriptionResponse From(Subscription.Known known, DunningForecast? forecast = null) => new(
        known.Id, known.CustomerId, known.Status, known.StartOn, known.Frequency, known.Currency, [.. known.Items.Select(ItemResponse.From)],
        known.PaymentMethodId, known.ExternalId, known.Metadata, known.InvoicedUntil,
        known.Status is SubscriptionStatus.Active && known.NextPeriod is { } next && !(known.EndsOn <= next.From) ? next.From : null,
        forecast is not null ? ChaseResponse.From(forecast)
            : known is { Chase: { } chase, Status: SubscriptionStatus.PastDue or SubscriptionStatus.Error } ? ChaseResponse.From(chase) : null,
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
/// <param name="GraceUntil">The first day on which the customer need not be served as before; absent without days of grace, and in lists.</param>
/// <param name="AttemptsMade">How many have begun; with what follows, only where one subscription is read.</param>
/// <param name="NextAttemptOn">Absent when none is to come.</param>
/// <param name="WaitingFor">Without what the payment is not tried again; absent for nothing.</param>
public sealed record ChaseResponse(
    LocalDate Since, int AttemptsMax, LocalDate ExpiresOn, LocalDate? GraceUntil = null, int? AttemptsMade = null,
    LocalDate? NextAttemptOn = null, ChaseNeed? WaitingFor = null)
{
    public static ChaseResponse From(Chase chase) => new(chase.Since, chase.AttemptsMax, chase.ExpiresOn, chase.GraceUntil);

    public static ChaseResponse From(DunningForecast forecast) => From(forecast.Chase) with
    {
        AttemptsMade = forecast.AttemptsMade, NextAttemptOn = forecast.NextAttemptOn,
        WaitingFor = forecast.IsWaitingForCard ? ChaseNeed.Card : null,
    };
}

public enum ChaseNeed { Card }

/// <summary>A coupon that reduces the next charges.</summary>
/// <param name="ChargesLeft">How many more; absent for no end.</param>
public sealed record AppliedCouponResponse(CouponId CouponId, string Code, int? ChargesLeft)
{
    public static AppliedCouponResponse From(AppliedCoupon applied) => new(applied.CouponId, applied.Code, applied.ChargesLeft);
}
