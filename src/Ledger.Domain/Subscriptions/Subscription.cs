using Ledger.Domain.Coupons;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Subscriptions;

public enum SubscriptionStatus { Pending, Active, OnHold, PastDue, Error, Cancelled, Expired }

/// <summary>What a subscription is right now.</summary>
public abstract record Subscription : IState<Subscription, SubscriptionEvent>
{
    private Subscription() { }

    public sealed record Unknown : Subscription;

    /// <param name="StartOn">The first day with service.</param>
    /// <param name="Anchor">Where the present run of billing is fixed in the calendar; null while pending.</param>
    /// <param name="Billed">The last period that has its invoice; null before the first.</param>
    /// <param name="Chase">The unpaid invoice that is being chased; null when none is.</param>
    /// <param name="EndsOn">The first day without service, when cancellation is scheduled.</param>
    public sealed record Known(
        SubscriptionId Id, CustomerId CustomerId, SubscriptionStatus Status, LocalDate StartOn, Frequency Frequency, Currency Currency,
        IReadOnlyList<SubscriptionItem> Items, PaymentMethodId? PaymentMethodId, string? ExternalId,
        IReadOnlyDictionary<string, string>? Metadata, BillingAnchor? Anchor, BilledPeriod? Billed, Chase? Chase, LocalDate? EndsOn) : Subscription
    {
        /// <summary>The first day that is paid for, after a trial; null without one.</summary>
        public LocalDate? TrialEndsOn { get; init; }

        /// <summary>The day of the month on which periods begin, where it was chosen.</summary>
        public int? BillingDay { get; init; }

        public string? DeliveryOptionId { get; init; }

        /// <summary>The first day that was not paid for elsewhere, before it came here; null where all days are billed here.</summary>
        public LocalDate? PaidUntil { get; init; }

        /// <summary>What reduces its next charges.</summary>
        public IReadOnlyList<AppliedCoupon> Coupons { get; init; } = [];

        /// <summary>What has reduced as many of its charges as it may.</summary>
        public IReadOnlyList<CouponId> UsedUpCoupons { get; init; } = [];

        /// <summary>How often it has begun to bill anew days that had been billed before, and were taken back.</summary>
        public int Restarts { get; init; }

        /// <summary>How often what is charged was changed within a period, or taken back.</summary>
        public int Adjustments { get; init; }

        /// <summary>The first day that is to be paid for.</summary>
        public LocalDate BillingStartsOn => TrialEndsOn ?? StartOn;

        /// <summary>The first day that is to be billed here.</summary>
        public LocalDate FirstDueOn => PaidUntil is { } paid && paid > BillingStartsOn ? paid : BillingStartsOn;

        /// <summary>The days that the next invoice is for, whether or not they are due; null while nothing is billed.</summary>
        public BillingPeriod? NextPeriod => NextDays?.Days;

        /// <summary>The same with the full period that its prices are for: longer, where only some of its days are to be billed.</summary>
        public DaysToBill? NextDays => Anchor is not { } anchor ? null
            : DaysToBill.From(anchor, Frequency, InvoicedUntil is { } until && until > anchor.Start ? until : anchor.Start, EndsOn);

        /// <summary>The first day that is not paid for or invoiced, here or elsewhere.</summary>
        public LocalDate? InvoicedUntil => Billed?.ChargedUntil ?? PaidUntil;

        /// <summary>The day of the month to keep where billing begins anew: that of the anchor, where the day stands for it; null for no other.</summary>
        /// <remarks>The 29th of February stands for the 31st.</remarks>
        internal int? DayKeptAt(LocalDate day) =>
            BillingDay is null && Anchor is { } anchor && (anchor.DayOfMonth ?? anchor.Start.Day) is var kept && kept > day.Day
                && day == day.With(DateAdjusters.EndOfMonth) ? kept : null;

        /// <summary>The event by which another rhythm begins on a day.</summary>
        internal SubscriptionFrequencyChanged ChangedTo(Frequency frequency, LocalDate from) => new(Id, frequency, from, DayKeptAt(from));

        public bool IsEnded => Status is SubscriptionStatus.Cancelled or SubscriptionStatus.Expired;

        /// <summary>Begun and not ended: it charges now, or will again.</summary>
        public bool IsRunning => Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue or SubscriptionStatus.Error
            or SubscriptionStatus.OnHold;
    }

    public static Subscription Initial { get; } = new Unknown();

    public static Subscription Evolve(Subscription state, SubscriptionEvent @event) => @event switch
    {
        SubscriptionCreated made => new Known(
            made.Id, made.CustomerId, SubscriptionStatus.Pending, made.StartOn, made.Frequency, made.Currency, [], made.PaymentMethodId,
            made.ExternalId, made.Metadata, Anchor: null, Billed: null, Chase: null, EndsOn: null)
        {
            TrialEndsOn = made.TrialEndsOn, BillingDay = made.BillingDay, DeliveryOptionId = made.DeliveryOptionId,
            PaidUntil = made.PaidUntil,
        },
        SubscriptionItemsReplaced replaced => (Known)state with { Items = replaced.Items },
        SubscriptionActivated active => (Known)state with
        {
            Status = SubscriptionStatus.Active, Anchor = new(active.Anchor, ((Known)state).BillingDay),
        },
        SubscriptionBilled billed => Bill((Known)state, billed),
        CouponAppliedToSubscription coupon => (Known)state with
        {
            Coupons = [.. ((Known)state).Coupons, new AppliedCoupon(coupon.CouponId, coupon.Code, coupon.Terms, coupon.Terms.Charges)],
        },
        SubscriptionAdjusted adjusted => Adjust((Known)state, adjusted),
        SubscriptionPaused paused => Credit((Known)state, paused.CreditedFrom) with { Status = SubscriptionStatus.OnHold },
        SubscriptionResumed resumed => Resume((Known)state, resumed),
        SubscriptionFrequencyChanged changed => ChangeFrequency((Known)state, changed),
        SubscriptionPaymentMethodChanged changed => (Known)state with { PaymentMethodId = changed.PaymentMethodId },
        SubscriptionPastDue late => (Known)state with
        {
            Status = SubscriptionStatus.PastDue,
            Chase = Chase.On(late) with { WasOnHold = ((Known)state).Status is SubscriptionStatus.OnHold },
        },
        SubscriptionAttemptScheduled => state,
        SubscriptionErrored => (Known)state with { Status = SubscriptionStatus.Error },
        SubscriptionRecovered recovered => (Known)state with
        {
            Status = recovered.ToHold ? SubscriptionStatus.OnHold : SubscriptionStatus.Active, Chase = null,
        },
        SubscriptionExpired => (Known)state with { Status = SubscriptionStatus.Expired },
        SubscriptionCancelScheduled scheduled => (Known)state with { EndsOn = scheduled.EndsOn },
        SubscriptionCancelled cancelled => Credit((Known)state, cancelled.CreditedFrom) with { Status = SubscriptionStatus.Cancelled },
        SubscriptionReactivated again => Reactivate((Known)state, again),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Bill(Known state, SubscriptionBilled billed)
    {
        var full = billed.Full is { } said ? said
            : state.Anchor is { } anchor && anchor.Start <= billed.Period.From ? BillingCalendar.FullPeriodContaining(anchor, state.Frequency, billed.Period.From)
            : billed.Period;
        return UseCoupons(state, billed.Coupons) with
        {
            Billed = new(billed.Period, billed.InvoiceId, billed.PaymentId)
            {
                FullPeriod = full, Frequency = state.Frequency, ChargedUntil = billed.Period.Until, Invoices = [billed.InvoiceId],
                Coupons = AppliedCoupon.For(state.Coupons, billed.Period.From, state.Currency), CouponDays = billed.Period,
            },
        };
    }

    private static Known UseCoupons(Known state, IReadOnlyList<CouponId>? used)
    {
        var coupons = AppliedCoupon.After(state.Coupons, used);
        return state with
        {
            Coupons = coupons,
            UsedUpCoupons = [.. state.UsedUpCoupons, .. state.Coupons.Select(one => one.CouponId).Except(coupons.Select(one => one.CouponId))],
        };
    }

    private static Known Adjust(Known state, SubscriptionAdjusted adjusted)
    {
        var before = state.Billed!;
        var isSameRhythm = state.Frequency == before.Frequency;
        return UseCoupons(state, adjusted.Coupons) with
        {
            Adjustments = state.Adjustments + 1,
            Billed = new(adjusted.Period, before.InvoiceId, adjusted.PaymentId ?? before.PaymentId)
            {
                FullPeriod = adjusted.FullPeriod, Frequency = state.Frequency, ChargedUntil = adjusted.Period.Until, Charged = adjusted.Charged,
                Invoices = adjusted.InvoiceId is { } invoice ? [.. before.Invoices, invoice] : before.Invoices,
                GaveBack = adjusted.InvoiceId is null ? before.GaveBack
                    : [.. before.GaveBack, before.Charged is null ? null : [.. before.Charged.Select(line => line.Line ?? 0)]],
                Coupons = isSameRhythm ? before.Coupons : AppliedCoupon.For(state.Coupons, adjusted.Period.From, state.Currency),
                CouponDays = isSameRhythm ? before.CouponDays : adjusted.Period,
            },
        };
    }

    private static Known Credit(Known state, LocalDate? from) => from is not { } day || state.Billed is not { } billed ? state : state with
    {
        Adjustments = state.Adjustments + 1, Billed = billed with { ChargedUntil = day },
    };

    private static Known Resume(Known state, SubscriptionResumed resumed) => BeginAnew(
        state with { Status = SubscriptionStatus.Active }, resumed.Anchor is { } anchor ? new(anchor, resumed.DayOfMonth ?? state.BillingDay) : null);

    /// <summary>One that never ran waits again for what it lacks.</summary>
    private static Known Reactivate(Known state, SubscriptionReactivated again) => BeginAnew(
        state with
        {
            EndsOn = null,
            Status = state.Status is not SubscriptionStatus.Cancelled ? state.Status
                : state.Anchor is null ? SubscriptionStatus.Pending : SubscriptionStatus.Active,
            Chase = state.Status is SubscriptionStatus.Cancelled ? null : state.Chase,
        },
        again.Anchor is { } anchor ? new(anchor, again.DayOfMonth ?? state.BillingDay) : null);

    /// <summary>Days from the anchor on are to be billed, even where they were billed before and taken back.</summary>
    private static Known BeginAnew(Known state, BillingAnchor? anchor)
    {
        if (anchor is not { } begins) return state;
        if (state.Billed is not { } billed || billed.Period.Until <= begins.Start) return state with { Anchor = anchor };
        return state with
        {
            Anchor = anchor, Restarts = state.Restarts + 1, Billed = billed with { ChargedUntil = LocalDate.Min(billed.ChargedUntil, begins.Start) },
        };
    }

    /// <summary>What is still pending is anchored when it becomes active.</summary>
    private static Known ChangeFrequency(Known state, SubscriptionFrequencyChanged changed) => state with
    {
        Frequency = changed.Frequency, Anchor = state.Anchor is null ? null : new BillingAnchor(changed.Anchor, changed.DayOfMonth ?? state.BillingDay),
    };
}

/// <summary>Days that are charged for.</summary>
/// <param name="Period">Of the last invoice, or from the last change within its period on.</param>
/// <param name="InvoiceId">The invoice of the period.</param>
/// <param name="PaymentId">The last payment that began for these days.</param>
public sealed record BilledPeriod(BillingPeriod Period, InvoiceId InvoiceId, PaymentId PaymentId)
{
    /// <summary>What the prices are for.</summary>
    public required BillingPeriod FullPeriod { get; init; }

    /// <summary>The rhythm in which these days were billed.</summary>
    public required Frequency Frequency { get; init; }

    /// <summary>The first day that is not charged; before the end of the period once its rest was taken back.</summary>
    public required LocalDate ChargedUntil { get; init; }

    /// <summary>What is charged since a change within the period; null: what its invoice says.</summary>
    public IReadOnlyList<ChargedLine>? Charged { get; init; }

    /// <summary>On which these days are charged, the oldest first.</summary>
    public required IReadOnlyList<InvoiceId> Invoices { get; init; }

    /// <summary>For each of them but the first: which lines of the one before its first lines gave back; null for all in their order.</summary>
    public IReadOnlyList<IReadOnlyList<int>?> GaveBack { get; init; } = [];

    /// <summary>What reduces the charges of these days, on the terms on which it did when they were billed.</summary>
    public IReadOnlyList<AppliedCoupon> Coupons { get; init; } = [];

    /// <summary>The days that a coupon's fixed amount is for.</summary>
    public required BillingPeriod CouponDays { get; init; }
}

/// <summary>The terms on which an unpaid invoice is chased, fixed at the first failure.</summary>
public sealed record Chase(InvoiceId InvoiceId, PaymentId PaymentId, LocalDate Since, int AttemptsMax, LocalDate ExpiresOn)
{
    /// <summary>It was paused while the charge was under way that failed: it is on hold again once that is paid.</summary>
    public bool WasOnHold { get; init; }

    /// <summary>Days from each attempt to the next; null for one attempt a day.</summary>
    public IReadOnlyList<int>? Waits { get; init; }

    /// <summary>The first day on which the customer need not be served as before; null for at once.</summary>
    public LocalDate? GraceUntil { get; init; }

    public bool RetryHardDeclines { get; init; }

    public static Chase On(SubscriptionPastDue late) => new(late.InvoiceId, late.PaymentId, late.Since, late.AttemptsMax, late.ExpiresOn)
    {
        Waits = late.Waits, GraceUntil = late.GraceUntil, RetryHardDeclines = late.RetryHardDeclines,
    };

    /// <summary>The day of the next attempt, after so many of which the last was on a day; null when none is left.</summary>
    public LocalDate? NextAttemptOn(int attempts, LocalDate lastOn) =>
        attempts >= AttemptsMax ? null : lastOn.PlusDays(Waits is null ? 1 : Waits[attempts - 1]);
}
