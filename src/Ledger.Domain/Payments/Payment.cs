using System.Collections.Immutable;
using System.Globalization;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Payments;

public enum PaymentStatus { Pending, OutcomeUnknown, Authorized, Captured, PartiallyRefunded, Refunded, Failed, Cancelled }

/// <summary>A payment and its attempts, as it stands now.</summary>
public abstract record Payment : IState<Payment, PaymentEvent>
{
    private Payment() { }

    public sealed record Unknown : Payment;

    /// <param name="Attempts">How many attempts were begun.</param>
    /// <param name="LastAttemptOn">The day of the last one, in the tenant's zone.</param>
    public sealed record Known(
        PaymentId Id, InvoiceId? InvoiceId, CustomerId? CustomerId, SubscriptionId? SubscriptionId, Money Amount,
        PaymentMethodId? PaymentMethodId, string? Provider, PaymentStatus Status, int Attempts, LocalDate LastAttemptOn,
        string? FailureCode, bool IsHardFailure, string? ProviderReference) : Payment
    {
        public Purchase? For { get; init; }

        public OneTimeCard? Card { get; init; }

        public bool CapturesLater { get; init; }

        /// <summary>What is to be taken of the held money; null until it is asked for.</summary>
        public Money? CaptureWanted { get; init; }

        public bool IsCancelWanted { get; init; }

        /// <summary>What was taken; zero until it is.</summary>
        public Money Captured { get; init; } = Money.Zero(Amount.Currency);

        /// <summary>What has gone back.</summary>
        public Money Refunded { get; init; } = Money.Zero(Amount.Currency);

        /// <summary>Set aside for refunds that have not ended.</summary>
        public ImmutableDictionary<RefundId, Money> Reserved { get; init; } = ImmutableDictionary<RefundId, Money>.Empty;

        /// <summary>Withheld while it is disputed, by what the provider calls the dispute; lost ones stay.</summary>
        public ImmutableDictionary<string, Money> Disputed { get; init; } = ImmutableDictionary<string, Money>.Empty;

        /// <summary>What each dispute is about, by what the provider calls it; what is withheld may be less.</summary>
        public ImmutableDictionary<string, Money> Claimed { get; init; } = ImmutableDictionary<string, Money>.Empty;

        /// <summary>Disputes that we won.</summary>
        public ImmutableHashSet<string> WonDisputes { get; init; } = [];

        /// <summary>Disputes that were decided, however late something about them arrives.</summary>
        public ImmutableHashSet<string> ClosedDisputes { get; init; } = [];

        /// <summary>What its attempts were made on.</summary>
        public ImmutableHashSet<PaymentMethodId> Tried { get; init; } = [];

        /// <summary>Those among them that cannot help, however often they are tried.</summary>
        public ImmutableHashSet<PaymentMethodId> Refused { get; init; } = [];

        /// <summary>True while an attempt has begun and its end is not known.</summary>
        public bool IsCharging => Status is PaymentStatus.Pending or PaymentStatus.OutcomeUnknown;

        /// <summary>The money was taken, whatever went back since.</summary>
        public bool IsPaid => Status is PaymentStatus.Captured or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded;

        /// <summary>What can still be promised back.</summary>
        public Money Refundable => Reserved.Values.Concat(Disputed.Values).Aggregate(Captured - Refunded, (left, taken) => left - taken);

        /// <summary>The provider's idempotency key of the present attempt: one key per attempt, so it charges at most once.</summary>
        public string AttemptKey => $"{Id.Value:N}-{Attempts}";
    }

    public static Payment Initial { get; } = new Unknown();

    public static Payment Evolve(Payment state, PaymentEvent @event) => @event switch
    {
        PaymentInitiated begun => new Known(
            begun.Id, begun.InvoiceId, begun.CustomerId, begun.SubscriptionId, begun.Amount, begun.PaymentMethodId, begun.Provider,
            PaymentStatus.Pending, Attempts: 1, begun.On, FailureCode: null, IsHardFailure: false, ProviderReference: null)
        {
            For = begun.For, Card = begun.Card, CapturesLater = begun.CapturesLater, Tried = begun.PaymentMethodId is { } first ? [first] : [],
        },
        PaymentRetried again => (Known)state with
        {
            Status = PaymentStatus.Pending, Attempts = again.Attempt, LastAttemptOn = again.On,
            PaymentMethodId = again.PaymentMethodId, Provider = again.Provider, Amount = again.Amount ?? ((Known)state).Amount,
            Tried = again.PaymentMethodId is { } tried ? ((Known)state).Tried.Add(tried) : ((Known)state).Tried,
        },
        PaymentAuthorized held => (Known)state with { Status = PaymentStatus.Authorized, ProviderReference = held.ProviderReference, FailureCode = null },
        PaymentCaptureRequested wanted => (Known)state with { CaptureWanted = wanted.Amount },
        PaymentCaptured captured => (Known)state with
        {
            Status = PaymentStatus.Captured, ProviderReference = captured.ProviderReference, FailureCode = null, IsHardFailure = false,
            Captured = captured.Amount ?? ((Known)state).Amount, Provider = captured.Provider ?? ((Known)state).Provider,
        },
        PaymentFailed failed => Fail((Known)state, failed),
        PaymentOutcomeUnknown => (Known)state with { Status = PaymentStatus.OutcomeUnknown },
        PaymentCancelRequested => (Known)state with { IsCancelWanted = true },
        PaymentCancelled => (Known)state with { Status = PaymentStatus.Cancelled },
        PaymentRefundReserved held => Reserve((Known)state, held),
        PaymentRefundReleased released => (Known)state with { Reserved = ((Known)state).Reserved.Remove(released.RefundId) },
        PaymentRefunded refunded => Refund((Known)state, refunded),
        PaymentDisputed disputed => Withhold((Known)state, disputed.ProviderReference, disputed.Amount, disputed.Claimed ?? disputed.Amount),
        PaymentDisputeChanged changed => Withhold((Known)state, changed.ProviderReference, changed.Amount, changed.Claimed),
        PaymentDisputeClosed closed => CloseDispute((Known)state, closed),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Fail(Known state, PaymentFailed failed) => state with
    {
        Status = PaymentStatus.Failed, FailureCode = failed.Code, IsHardFailure = failed.IsHard, ProviderReference = failed.ProviderReference,
        Refused = failed.IsHard && state.PaymentMethodId is { } refused ? state.Refused.Add(refused) : state.Refused,
    };

    private static Known Reserve(Known state, PaymentRefundReserved held) =>
        state with { Reserved = state.Reserved.SetItem(held.RefundId, held.Amount) };

    private static Known Withhold(Known state, string dispute, Money amount, Money claimed) =>
        state with { Disputed = state.Disputed.SetItem(dispute, amount), Claimed = state.Claimed.SetItem(dispute, claimed) };

    private static Known CloseDispute(Known state, PaymentDisputeClosed closed) => state with
    {
        ClosedDisputes = state.ClosedDisputes.Add(closed.ProviderReference),
        Disputed = closed.IsWon ? state.Disputed.Remove(closed.ProviderReference) : state.Disputed,
        WonDisputes = closed.IsWon ? state.WonDisputes.Add(closed.ProviderReference) : state.WonDisputes,
    };

    private static Known Refund(Known state, PaymentRefunded refunded) => state with
    {
        Refunded = refunded.Refunded, Reserved = state.Reserved.Remove(refunded.RefundId),
        Status = refunded.Refunded >= state.Captured ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded,
    };
}

/// <summary>Every "no" a payment can say.</summary>
public static class PaymentRejections
{
    public static readonly Rejection NotFound = new("payment_not_found", RejectionKind.NotFound, "No payment has this id.");

    public static readonly Rejection Pending = new("payment_pending", RejectionKind.Conflict, "A charge is under way. Wait for its outcome.");

    public static readonly Rejection CardDeclined = new("card_declined", RejectionKind.PaymentRequired, "The card was declined.");

    public static readonly Rejection InsufficientFunds = new(
        "insufficient_funds", RejectionKind.PaymentRequired, "The card has not enough money on it.");

    public static readonly Rejection ExpiredCard = new("expired_card", RejectionKind.PaymentRequired, "The card has expired.");

    public static readonly Rejection NoPaymentMethod = new(
        "no_payment_method", RejectionKind.PaymentRequired, "The customer has nothing to charge.");

    public static readonly Rejection NotMade = new("payment_not_made", RejectionKind.PaymentRequired, "The payment could not be made. Nothing was charged.");

    /// <summary>Why a payment failed, as a refusal.</summary>
    public static Rejection Declined(string code) =>
        Array.Find([CardDeclined, InsufficientFunds, ExpiredCard, NoPaymentMethod], one => one.Code == code) ?? NotMade;

    public static readonly Rejection NotAuthorized = new(
        "payment_not_authorized", RejectionKind.Conflict, "Only money that is held can be captured or let go.");

    public static readonly Rejection CaptureTooMuch = new(
        "capture_exceeds_authorization", RejectionKind.Unprocessable, "More cannot be captured than is held.");

    public static readonly Rejection NotFailed = new("payment_not_failed", RejectionKind.Conflict, "Only a payment that failed can be tried again.");

    public static readonly Rejection AttemptedToday = new(
        "already_attempted_today", RejectionKind.Conflict, "An attempt was made today. An admin may force another.");

    public static readonly Rejection AttemptsUsedUp = new(
        "attempts_used_up", RejectionKind.Conflict, "All attempts have been made. An admin may force another.");

    public static readonly Rejection NotTaken = new("payment_not_taken", RejectionKind.Conflict, "Nothing was taken, so there is no receipt.");

    public static readonly Rejection NotRetryable = new(
        "payment_not_retryable", RejectionKind.Conflict, "This payment is not tried again by itself. Begin a new one for what it was for.");

    public static readonly Rejection IdReused = new(
        "payment_id_reused", RejectionKind.Conflict, "The payment was told of before, with other content.");

    public static readonly Rejection AmountMismatch = new(
        "amount_mismatch", RejectionKind.Unprocessable, "The amount is not what it costs.");

    /// <summary><see cref="AmountMismatch"/>, with the amount that would be right.</summary>
    public static Rejection Expected(Money price) =>
        AmountMismatch.With($"Expected is {price.Amount.ToString(CultureInfo.InvariantCulture)} {price.Currency}, in the smallest unit.");
}
