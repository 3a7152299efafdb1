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

    /// <param name="Anchor">The first day of the first period of the present run of billing; null while pending.</param>
    /// <param name="Billed">The last period that has its invoice; null before the first.</param>
    /// <param name="Chase">The unpaid invoice that is being chased; null when none is.</param>
    /// <param name="EndsOn">The first day without service, when cancellation is scheduled.</param>
    public sealed record Known(
        SubscriptionId Id, CustomerId CustomerId, SubscriptionStatus Status, LocalDate StartOn, Frequency Frequency, Currency Currency,
        IReadOnlyList<SubscriptionItem> Items, PaymentMethodId? PaymentMethodId, string? ExternalId,
        IReadOnlyDictionary<string, string>? Metadata, LocalDate? Anchor, BilledPeriod? Billed, Chase? Chase, LocalDate? EndsOn) : Subscription
    {
        /// <summary>The first period without an invoice, whether or not it is due; null while nothing is billed.</summary>
        public BillingPeriod? NextPeriod => Anchor is not { } anchor ? null
            : BillingCalendar.PeriodContaining(anchor, Frequency, Billed is { } billed && billed.Period.Until > anchor ? billed.Period.Until : anchor);

        /// <summary>The first day that is not paid for or invoiced.</summary>
        public LocalDate? InvoicedUntil => Billed?.Period.Until;

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
            made.ExternalId, made.Metadata, Anchor: null, Billed: null, Chase: null, EndsOn: null),
        SubscriptionItemsReplaced replaced => (Known)state with { Items = replaced.Items },
        SubscriptionActivated active => (Known)state with { Status = SubscriptionStatus.Active, Anchor = active.Anchor },
        SubscriptionBilled billed => (Known)state with { Billed = new(billed.Period, billed.InvoiceId, billed.PaymentId) },
        SubscriptionPaused => (Known)state with { Status = SubscriptionStatus.OnHold },
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
        SubscriptionCancelled => (Known)state with { Status = SubscriptionStatus.Cancelled },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Resume(Known state, SubscriptionResumed resumed) =>
        state with { Status = SubscriptionStatus.Active, Anchor = resumed.Anchor ?? state.Anchor };

    /// <summary>What is still pending is anchored when it becomes active.</summary>
    private static Known ChangeFrequency(Known state, SubscriptionFrequencyChanged changed) =>
        state with { Frequency = changed.Frequency, Anchor = state.Anchor is null ? null : changed.Anchor };
}

/// <summary>A period that has its invoice.</summary>
public sealed record BilledPeriod(BillingPeriod Period, InvoiceId InvoiceId, PaymentId PaymentId);

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
