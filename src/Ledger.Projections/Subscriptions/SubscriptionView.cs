using Ledger.Domain.Coupons;
using Ledger.Domain.Subscriptions;

namespace Ledger.Projections.Subscriptions;

/// <summary>Every subscription, with the day on which something is due for it.</summary>
public sealed class SubscriptionView : View<SubscriptionRow>
{
    public override string Name => "subscriptions";

    public override int Version => 7;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_id uuid not null, status text not null, start_on date not null,
        frequency text not null, currency text not null, items jsonb not null, payment_method_id uuid, external_id text, metadata jsonb,
        anchor date, invoiced_until date, past_due_since date, attempts_max int, expires_on date, ends_on date, ended_on date,
        next_attempt_on date, next_action_on date, mrr_amount bigint not null, trial_ends_on date, billing_day int,
        delivery_option_id text, coupons jsonb, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
    [
        "(tenant_id, created_position) include (created_at)", "(tenant_id, customer_id, created_position)", "(tenant_id, status, created_position)",
        "(tenant_id, external_id)", "(tenant_id, next_action_on, id) where next_action_on is not null",
    ];

    public override IReadOnlyList<string> Streams => ["subscription"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is SubscriptionEvent ? [happened.Stream.Id] : [];

    public override SubscriptionRow? After(SubscriptionRow? row, Guid id, StoredEvent happened)
    {
        var after = happened.Event is SubscriptionCreated made ? Begin(made, happened) : Change(row!, (SubscriptionEvent)happened.Event);
        return after with
        {
            NextActionOn = DueOn(after), MrrAmount = Mrr(after), Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt,
        };
    }

    private static SubscriptionRow Begin(SubscriptionCreated made, StoredEvent happened) => new(
        happened.Tenant, made.Id.Value, made.CustomerId.Value, "pending", made.StartOn, made.Frequency.ToString(), made.Currency.Code, "[]",
        made.PaymentMethodId?.Value, made.ExternalId, Json.Of(made.Metadata), Anchor: null, made.PaidUntil, PastDueSince: null,
        AttemptsMax: null, ExpiresOn: null, EndsOn: null, EndedOn: null, NextAttemptOn: null, NextActionOn: null, MrrAmount: 0,
        made.TrialEndsOn, made.BillingDay, made.DeliveryOptionId, Coupons: null, happened.Version,
        happened.Position, happened.Headers.EffectiveAt, happened.Headers.EffectiveAt);

    private static SubscriptionRow Change(SubscriptionRow row, SubscriptionEvent happened) => happened switch
    {
        SubscriptionItemsReplaced replaced => row with { Items = Json.Of(replaced.Items)! },
        SubscriptionActivated active => row with { Status = "active", Anchor = active.Anchor },
        SubscriptionBilled { Coupons: null } billed => row with { InvoicedUntil = billed.Period.Until },
        SubscriptionBilled billed => row with
        {
            InvoicedUntil = billed.Period.Until, Coupons = Json.Of(AppliedCoupon.After(Json.To<List<AppliedCoupon>>(row.Coupons)!, billed.Coupons)),
        },
        CouponAppliedToSubscription coupon => row with
        {
            Coupons = Json.Of<IReadOnlyList<AppliedCoupon>>(
                [.. Json.To<List<AppliedCoupon>>(row.Coupons) ?? [], new(coupon.CouponId, coupon.Code, coupon.Terms, coupon.Terms.Charges)]),
        },
        SubscriptionAdjusted adjusted => row with { InvoicedUntil = adjusted.Period.Until },
        SubscriptionPaused paused => row with { Status = "on_hold", InvoicedUntil = paused.CreditedFrom ?? row.InvoicedUntil },
        SubscriptionResumed resumed => BeginAnew(row with { Status = "active" }, resumed.Anchor),
        SubscriptionFrequencyChanged changed => row with { Frequency = changed.Frequency.ToString(), Anchor = changed.Anchor },
        SubscriptionPaymentMethodChanged changed => row with { PaymentMethodId = changed.PaymentMethodId.Value },
        SubscriptionPastDue late => row with
        {
            Status = "past_due", PastDueSince = late.Since, AttemptsMax = late.AttemptsMax, ExpiresOn = late.ExpiresOn, NextAttemptOn = null,
        },
        SubscriptionAttemptScheduled next => row with { NextAttemptOn = next.On },
        SubscriptionErrored => row with { Status = "error" },
        SubscriptionRecovered recovered => row with { Status = recovered.ToHold ? "on_hold" : "active", PastDueSince = null, AttemptsMax = null, ExpiresOn = null },
        SubscriptionExpired ended => row with { Status = "expired", EndedOn = ended.On },
        SubscriptionCancelScheduled scheduled => row with { EndsOn = scheduled.EndsOn },
        SubscriptionCancelled ended => row with { Status = "cancelled", EndedOn = ended.On, InvoicedUntil = ended.CreditedFrom ?? row.InvoicedUntil },
        SubscriptionReactivated again => BeginAnew(Reactivate(row), again.Anchor),
        _ => throw new UnreachableException($"{happened.GetType().Name} has no arm here."),
    };

    private static SubscriptionRow Reactivate(SubscriptionRow row) => row.Status is not "cancelled" ? row with { EndsOn = null } : row with
    {
        Status = row.Anchor is null ? "pending" : "active", EndsOn = null, EndedOn = null, PastDueSince = null, AttemptsMax = null, ExpiresOn = null,
    };

    private static SubscriptionRow BeginAnew(SubscriptionRow row, LocalDate? anchor) => anchor is null ? row : row with
    {
        Anchor = anchor, InvoicedUntil = anchor < row.InvoicedUntil ? anchor : row.InvoicedUntil,
    };

    /// <summary>
    /// The first day on which there is something to do: the next period, which may begin as a trial ends, the end, or, while a payment
    /// is chased, every day from the next attempt on; where there is an attempt a day, every day.
    /// </summary>
    private static LocalDate? DueOn(SubscriptionRow row) => row.Status switch
    {
        "active" => Earlier(NextPeriodOn(row), row.EndsOn),
        "past_due" => Earlier(Earlier(row.NextAttemptOn ?? row.PastDueSince, row.ExpiresOn), row.EndsOn),
        "error" => Earlier(row.ExpiresOn, row.EndsOn),
        "on_hold" => row.EndsOn,
        _ => null,
    };

    private static LocalDate? NextPeriodOn(SubscriptionRow row) =>
        row.InvoicedUntil is { } until && until > row.Anchor ? until : row.Anchor;

    private static LocalDate? Earlier(LocalDate? a, LocalDate? b) => a is null || b < a ? b ?? a : a;

    private static long Mrr(SubscriptionRow row)
    {
        var items = Json.To<List<SubscriptionItem>>(row.Items)!;
        var total = Money.Sum(Currency.Parse(row.Currency), items.Select(item => item.Total));
        return Frequency.Parse(row.Frequency).MonthlyValue(total).Amount;
    }
}

/// <param name="NextAttemptOn">The day of the next attempt while a payment is chased by a list of waits.</param>
/// <param name="NextActionOn">The first day on which there is something to do for it; in the past while a payment is chased.</param>
/// <param name="MrrAmount">What it is worth a month, in its currency's minor unit, whatever its status.</param>
public sealed record SubscriptionRow(
    string TenantId, Guid Id, Guid CustomerId, string Status, LocalDate StartOn, string Frequency, string Currency,
    [property: JsonColumn] string Items, Guid? PaymentMethodId, string? ExternalId, [property: JsonColumn] string? Metadata,
    LocalDate? Anchor, LocalDate? InvoicedUntil, LocalDate? PastDueSince, int? AttemptsMax, LocalDate? ExpiresOn, LocalDate? EndsOn,
    LocalDate? EndedOn, LocalDate? NextAttemptOn, LocalDate? NextActionOn, long MrrAmount, LocalDate? TrialEndsOn, int? BillingDay,
    string? DeliveryOptionId, [property: JsonColumn] string? Coupons, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
