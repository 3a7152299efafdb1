using Ledger.Domain.Balances;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.PublicEvents;

/// <summary>What others are told of an event, from it and what had happened to the same thing up to then. Pure: the same for ever.</summary>
public static class Publishing
{
    /// <summary>The kinds of events that others may be told of. Whether they are depends on what happened before.</summary>
    public static IReadOnlySet<Type> Types { get; } = new HashSet<Type>
    {
        typeof(CustomerCreated), typeof(CustomerChanged), typeof(CustomerDeleted),
        typeof(CustomerBalanceAdjusted), typeof(CustomerBalanceCredited), typeof(CustomerBalanceApplied),
        typeof(SubscriptionCreated), typeof(SubscriptionActivated), typeof(SubscriptionPaused), typeof(SubscriptionResumed), typeof(SubscriptionPastDue),
        typeof(SubscriptionErrored), typeof(SubscriptionRecovered), typeof(SubscriptionCancelled), typeof(SubscriptionReactivated), typeof(SubscriptionExpired),
        typeof(OrderCreated), typeof(OrderPaid), typeof(OrderPartiallyPaid), typeof(OrderFailed), typeof(OrderRefunded),
        typeof(InvoiceIssued), typeof(InvoicePaid), typeof(InvoiceOverdue),
        typeof(PaymentAuthorized), typeof(PaymentCaptured), typeof(PaymentFailed), typeof(PaymentRefunded),
        typeof(PaymentMethodAdded), typeof(PaymentMethodRemoved), typeof(RefundRequested), typeof(RefundSucceeded),
        typeof(ClassCreditIssued), typeof(ClassCreditUsed), typeof(ClassCreditRefunded), typeof(LoyaltyPointsEarned), typeof(RewardRedeemed),
        typeof(BookingCreated), typeof(BookingConfirmed), typeof(BookingCancelled),
    };

    /// <summary>Whether an event says by itself all that is told of it.</summary>
    public static bool IsWhole(IEvent happened) => happened is CustomerCreated or CustomerDeleted or BalanceEvent or WalletEvent or LoyaltyPointsEarned or RewardRedeemed;

    /// <param name="history">All that happened to the thing, this event last; of an event that <see cref="IsWhole"/> it may be that alone.</param>
    public static IReadOnlyList<PublicEvent> Of(IEvent happened, IReadOnlyList<IEvent> history) => happened switch
    {
        CustomerEvent one => OfCustomer(one),
        BalanceEvent one => OfBalance(one),
        SubscriptionEvent one when SubscriptionName(one) is { } name => [OfSubscription(name, Fold<Subscription, SubscriptionEvent>(history))],
        OrderEvent one when OrderName(one) is { } name => [OfOrder(name, Fold<Order, OrderEvent>(history))],
        InvoiceEvent one when InvoiceName(one) is { } name => [OfInvoice(name, Fold<Invoice, InvoiceEvent>(history))],
        PaymentEvent one => PublishedPayments.Of(one, history),
        PaymentMethodAdded one => [new("payment_method.added", one.Id.Value, one.CustomerId, new PublicPaymentMethod(one.Id, one.CustomerId, one.Provider, one.Brand))],
        PaymentMethodRemoved one => [new("payment_method.removed", one.Id.Value, one.CustomerId, new PublicPaymentMethod(one.Id, one.CustomerId, null, null))],
        RefundRequested => [OfRefund("refund.requested", Fold<Refund, RefundEvent>(history))],
        RefundSucceeded => [OfRefund("refund.succeeded", Fold<Refund, RefundEvent>(history))],
        ClassCreditIssued => [OfCredit("class_credit.issued", null, history)],
        ClassCreditUsed one => [OfCredit("class_credit.used", one.BookingId, history)],
        ClassCreditRefunded one => [OfCredit("class_credit.refunded", one.BookingId, history)],
        LoyaltyPointsEarned one => [new("loyalty.points_earned", one.Id.Value, one.CustomerId, new PublicPointsEarned(one.Id, one.CustomerId, one.PaymentId, one.Points, one.Balance))],
        RewardRedeemed one => [new("loyalty.reward_redeemed", one.Id.Value, one.CustomerId, new PublicRedemption(one.Id, one.CustomerId, one.RewardId, one.PointsUsed))],
        BookingCreated => [OfBooking("booking.created", history)],
        BookingConfirmed => [OfBooking("booking.confirmed", history)],
        BookingCancelled => [OfBooking("booking.cancelled", history)],
        _ => [],
    };

    internal static TState Fold<TState, TEvent>(IReadOnlyList<IEvent> history) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        history.Cast<TEvent>().Aggregate(TState.Initial, TState.Evolve);

    private static IReadOnlyList<PublicEvent> OfCustomer(CustomerEvent happened) => happened switch
    {
        CustomerCreated made => [new("customer.created", made.Id.Value, made.Id, new PublicCustomer(made.Id, made.ExternalId))],
        CustomerChanged changed => [new("customer.updated", changed.Id.Value, changed.Id, new PublicCustomer(changed.Id, changed.ExternalId))],
        CustomerDeleted gone => [new("customer.deleted", gone.Id.Value, gone.Id, new PublicCustomer(gone.Id, null))],
        _ => [],
    };

    private static IReadOnlyList<PublicEvent> OfBalance(BalanceEvent happened)
    {
        var told = happened switch
        {
            CustomerBalanceAdjusted one => new PublicBalance(one.Id, one.CustomerId, one.Operation is BalanceOperation.Credit ? one.Amount : -one.Amount, one.After, null),
            CustomerBalanceCredited one => new(one.Id, one.CustomerId, one.Amount, one.After, null),
            CustomerBalanceApplied one => new(one.Id, one.CustomerId, -one.Amount, one.After, one.InvoiceId),
            _ => null,
        };
        return told is null ? [] : [new("customer.balance_adjusted", told.Id.Value, told.CustomerId, told)];
    }

    private static string? SubscriptionName(SubscriptionEvent happened) => happened switch
    {
        SubscriptionCreated => "subscription.created",
        SubscriptionActivated => "subscription.activated",
        SubscriptionPaused => "subscription.paused",
        SubscriptionResumed => "subscription.resumed",
        SubscriptionPastDue => "subscription.past_due",
        SubscriptionErrored => "subscription.error",
        SubscriptionRecovered => "subscription.recovered",
        SubscriptionCancelled => "subscription.cancelled",
        SubscriptionReactivated => "subscription.reactivated",
        SubscriptionExpired => "subscription.expired",
        _ => null,
    };

    private static string? OrderName(OrderEvent happened) => happened switch
    {
        OrderCreated => "order.created", OrderPaid => "order.paid", OrderPartiallyPaid => "order.partially_paid",
        OrderFailed => "order.failed", OrderRefunded => "order.refunded", _ => null,
    };

    private static string? InvoiceName(InvoiceEvent happened) => happened switch
    {
        InvoiceIssued => "invoice.created", InvoicePaid => "invoice.paid", InvoiceOverdue => "invoice.overdue", _ => null,
    };

    private static PublicEvent OfSubscription(string name, Subscription state)
    {
        var one = (Subscription.Known)state;
        return new(name, one.Id.Value, one.CustomerId, new PublicSubscription(
            one.Id, one.CustomerId, one.Status, one.StartOn, one.Frequency, one.Currency, one.Chase?.InvoiceId, one.EndsOn, one.ExternalId));
    }

    private static PublicEvent OfOrder(string name, Order state)
    {
        var one = (Order.Known)state;
        return new(name, one.Id.Value, one.CustomerId, new PublicOrder(one.Id, one.Status, one.Amount, one.CustomerId, one.SubscriptionId, one.PaymentId, one.ExternalId));
    }

    private static PublicEvent OfInvoice(string name, Invoice state)
    {
        var one = (Invoice.Known)state;
        return new(name, one.Id.Value, one.CustomerId, new PublicInvoice(
            one.Id, one.Number, one.CustomerId, one.SubscriptionId, one.Status, one.Total, one.Open, one.IssuedOn, one.DueOn, one.PaidOn, one.PaymentId));
    }

    private static PublicEvent OfRefund(string name, Refund state)
    {
        var one = (Refund.Known)state;
        return new(name, one.Id.Value, one.CustomerId, new PublicRefund(one.Id, one.PaymentId, one.Status, one.Amount, one.CustomerId, one.InvoiceId));
    }

    private static PublicEvent OfCredit(string name, BookingId? booking, IReadOnlyList<IEvent> history)
    {
        var one = (ClassCredit.Known)Fold<ClassCredit, ClassCreditEvent>(history);
        return new(name, one.Id.Value, one.CustomerId, new PublicClassCredit(one.Id, one.CustomerId, one.Total, one.Remaining, one.ExpiresAt, booking));
    }

    private static PublicEvent OfBooking(string name, IReadOnlyList<IEvent> history)
    {
        var one = (Booking.Known)Fold<Booking, BookingEvent>(history);
        return new(name, one.Id.Value, one.CustomerId, new PublicBooking(one.Id, one.CustomerId, one.Status, one.PaymentStatus, one.ClassSessionId, one.Price));
    }
}
