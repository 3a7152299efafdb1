using System.Collections.Immutable;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;

namespace Ledger.Domain.PaymentIntents;

public readonly record struct PaymentIntentId(Guid Value) : IId<PaymentIntentId>
{
    public static PaymentIntentId From(Guid value) => new(value);

    /// <summary>A thing that is to be paid has one intent, however often it is asked for.</summary>
    public static PaymentIntentId For(InvoiceId invoice) => new(DerivedId.Of(invoice.Value, "payment intent"));

    /// <inheritdoc cref="For(InvoiceId)"/>
    public static PaymentIntentId For(OrderId order) => new(DerivedId.Of(order.Value, "payment intent"));

    /// <summary>What comes of the intent when the provider has taken the money under this name: one payment, however often it is heard of.</summary>
    public PaymentId PaymentOf(string reference) => new(DerivedId.Of(Value, $"payment {reference}"));

    public StreamId Stream => new("payment_intent", Value);
}

/// <summary>What can happen to a payment intent. Stored forever: add cases, never edit them.</summary>
public abstract record PaymentIntentEvent : IEvent
{
    private protected PaymentIntentEvent() { }
}

/// <summary>A customer may pay this at the provider's, from a browser.</summary>
/// <param name="ProviderReference">What the provider calls it.</param>
/// <param name="OrderId">Of an order of an amount alone; null for an invoice.</param>
public sealed record PaymentIntentCreated(
    PaymentIntentId Id, CustomerId CustomerId, Money Amount, string Provider, string ProviderReference, LocalDate On, InvoiceId? InvoiceId = null,
    OrderId? OrderId = null) : PaymentIntentEvent;

/// <summary>Another amount is to be paid by now: the provider has a new intent for it.</summary>
public sealed record PaymentIntentRenewed(PaymentIntentId Id, Money Amount, string Provider, string ProviderReference, LocalDate On) : PaymentIntentEvent;

/// <summary>The money was taken.</summary>
public sealed record PaymentIntentSucceeded(PaymentIntentId Id, string ProviderReference, PaymentId PaymentId, LocalDate On) : PaymentIntentEvent;

/// <summary>A card was refused. Another may be tried.</summary>
/// <param name="ToldAt">When the provider says it was, in seconds since 1970; null where it does not.</param>
public sealed record PaymentIntentFailed(
    PaymentIntentId Id, string ProviderReference, string Code, LocalDate On, long? ToldAt = null) : PaymentIntentEvent;

public enum PaymentIntentStatus { RequiresPaymentMethod, Failed, Succeeded }

/// <summary>A customer's way to pay one thing from a browser, as it stands now.</summary>
public abstract record PaymentIntent : IState<PaymentIntent, PaymentIntentEvent>
{
    private PaymentIntent() { }

    public sealed record Unknown : PaymentIntent;

    /// <param name="ProviderReference">The newest: what was made before it for another amount may still be paid.</param>
    public sealed record Known(
        PaymentIntentId Id, CustomerId CustomerId, InvoiceId? InvoiceId, OrderId? OrderId, Money Amount, string Provider, string ProviderReference,
        PaymentIntentStatus Status, string? FailureCode, PaymentId? PaymentId) : PaymentIntent
    {
        /// <summary>What the provider calls those under which money was taken.</summary>
        public ImmutableHashSet<string> Succeeded { get; init; } = [];

        /// <summary>What was to be paid under each name.</summary>
        public ImmutableDictionary<string, Money> Amounts { get; init; } = ImmutableDictionary<string, Money>.Empty;

        /// <summary>When the provider says that it failed last.</summary>
        public long FailedAt { get; init; }

        public bool IsOpen => Status is not PaymentIntentStatus.Succeeded;
    }

    public static PaymentIntent Initial { get; } = new Unknown();

    public static PaymentIntent Evolve(PaymentIntent state, PaymentIntentEvent @event) => @event switch
    {
        PaymentIntentCreated made => new Known(
            made.Id, made.CustomerId, made.InvoiceId, made.OrderId, made.Amount, made.Provider, made.ProviderReference,
            PaymentIntentStatus.RequiresPaymentMethod, FailureCode: null, PaymentId: null)
        {
            Amounts = ImmutableDictionary<string, Money>.Empty.Add(made.ProviderReference, made.Amount),
        },
        PaymentIntentRenewed renewed => (Known)state with
        {
            Amount = renewed.Amount, Provider = renewed.Provider, ProviderReference = renewed.ProviderReference,
            Status = PaymentIntentStatus.RequiresPaymentMethod, FailureCode = null, FailedAt = 0,
            Amounts = ((Known)state).Amounts.SetItem(renewed.ProviderReference, renewed.Amount),
        },
        PaymentIntentSucceeded done => Succeed((Known)state, done),
        PaymentIntentFailed failed => (Known)state with
        {
            Status = PaymentIntentStatus.Failed, FailureCode = failed.Code, FailedAt = failed.ToldAt ?? ((Known)state).FailedAt,
        },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    /// <summary>What was paid under an earlier name says nothing of the newest, nor does it take its place.</summary>
    private static Known Succeed(Known state, PaymentIntentSucceeded done)
    {
        var succeeded = state with { Succeeded = state.Succeeded.Add(done.ProviderReference) };
        if (done.ProviderReference == state.ProviderReference)
            return succeeded with { Status = PaymentIntentStatus.Succeeded, PaymentId = done.PaymentId, FailureCode = null, FailedAt = 0 };
        return state.IsOpen ? succeeded with { PaymentId = done.PaymentId } : succeeded;
    }
}

/// <summary>Every "no" a payment intent can say.</summary>
public static class PaymentIntentRejections
{
    public static readonly Rejection NotFound = new("payment_intent_not_found", RejectionKind.NotFound, "No payment intent has this id.");

    public static readonly Rejection Mismatch = new(
        "payment_intent_mismatch", RejectionKind.Unprocessable, "The payment intent is for something else.");

    public static readonly Rejection NotSuccessful = new("payment_not_successful", RejectionKind.PaymentRequired, "Payment not successful");
}
