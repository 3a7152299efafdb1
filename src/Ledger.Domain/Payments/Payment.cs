using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Payments;

public enum PaymentStatus { Pending, OutcomeUnknown, Captured, Failed }

/// <summary>A payment and its attempts, as it stands now.</summary>
public abstract record Payment : IState<Payment, PaymentEvent>
{
    private Payment() { }

    public sealed record Unknown : Payment;

    /// <param name="Attempts">How many attempts were begun.</param>
    /// <param name="LastAttemptOn">The day of the last one, in the tenant's zone.</param>
    public sealed record Known(
        PaymentId Id, InvoiceId InvoiceId, CustomerId CustomerId, SubscriptionId? SubscriptionId, Money Amount,
        PaymentMethodId? PaymentMethodId, string? Provider, PaymentStatus Status, int Attempts, LocalDate LastAttemptOn,
        string? FailureCode, bool IsHardFailure, string? ProviderReference) : Payment
    {
        /// <summary>True while an attempt has begun and its end is not known.</summary>
        public bool IsCharging => Status is PaymentStatus.Pending or PaymentStatus.OutcomeUnknown;

        /// <summary>The provider's idempotency key of the present attempt: one key per attempt, so it charges at most once.</summary>
        public string AttemptKey => $"{Id.Value:N}-{Attempts}";
    }

    public static Payment Initial { get; } = new Unknown();

    public static Payment Evolve(Payment state, PaymentEvent @event) => @event switch
    {
        PaymentInitiated begun => new Known(
            begun.Id, begun.InvoiceId, begun.CustomerId, begun.SubscriptionId, begun.Amount, begun.PaymentMethodId, begun.Provider,
            PaymentStatus.Pending, Attempts: 1, begun.On, FailureCode: null, IsHardFailure: false, ProviderReference: null),
        PaymentRetried again => (Known)state with
        {
            Status = PaymentStatus.Pending, Attempts = again.Attempt, LastAttemptOn = again.On,
            PaymentMethodId = again.PaymentMethodId, Provider = again.Provider,
        },
        PaymentCaptured captured => (Known)state with
        {
            Status = PaymentStatus.Captured, ProviderReference = captured.ProviderReference, FailureCode = null, IsHardFailure = false,
        },
        PaymentFailed failed => (Known)state with
        {
            Status = PaymentStatus.Failed, FailureCode = failed.Code, IsHardFailure = failed.IsHard, ProviderReference = failed.ProviderReference,
        },
        PaymentOutcomeUnknown => (Known)state with { Status = PaymentStatus.OutcomeUnknown },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a payment can say.</summary>
public static class PaymentRejections
{
    public static readonly Rejection NotFound = new("payment_not_found", RejectionKind.NotFound, "No payment has this id.");
}
