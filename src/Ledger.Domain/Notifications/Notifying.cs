using Ledger.Domain.Bookings;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.PaymentIntents;
using Ledger.Domain.Payments;
using Ledger.Domain.PublicEvents;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Webhooks;

namespace Ledger.Domain.Notifications;

/// <summary>What people are told of an event, from it and what had happened to the same thing up to then. Pure: the same for ever.</summary>
public static class Notifying
{
    /// <summary>The kinds of events that somebody may be told of.</summary>
    public static IReadOnlySet<Type> Types { get; } = new HashSet<Type>
    {
        typeof(InvoiceIssued), typeof(PaymentCaptured), typeof(PaymentFailed), typeof(PaymentIntentFailed), typeof(SubscriptionErrored),
        typeof(SubscriptionExpired), typeof(LoyaltyPointsEarned), typeof(BookingConfirmed), typeof(WebhookEndpointDisabled), typeof(NotificationQueued),
        typeof(MessageTestRequested),
    };

    /// <summary>Whether an event says by itself all that is told of it.</summary>
    public static bool IsWhole(IEvent happened) => happened is InvoiceIssued or LoyaltyPointsEarned or WebhookEndpointDisabled or NotificationEvent;

    /// <param name="history">All that happened to the thing, this event last; of an event that <see cref="IsWhole"/> it may be that alone.</param>
    /// <returns>Null where nobody is told.</returns>
    public static WantedNotification? Of(IEvent happened, IReadOnlyList<IEvent> history) => happened switch
    {
        InvoiceIssued one => new(NotificationType.InvoiceCreated, one.CustomerId, new(InvoiceId: one.Id, Amount: one.Total, On: one.DueOn)),
        PaymentCaptured one => OfCapture(one, (Payment.Known)Publishing.Fold<Payment, PaymentEvent>(history)),
        PaymentFailed one => OfFailure(one, (Payment.Known)Publishing.Fold<Payment, PaymentEvent>(history)),
        PaymentIntentFailed one => OfIntent(one, (PaymentIntent.Known)Publishing.Fold<PaymentIntent, PaymentIntentEvent>(history)),
        SubscriptionErrored one => OfSubscription(NotificationType.DunningFinalNotice, one.On, history),
        SubscriptionExpired one => OfSubscription(NotificationType.SubscriptionExpired, one.On, history),
        LoyaltyPointsEarned { Points: > 0 } one => new(
            NotificationType.PointsEarned, one.CustomerId, new(PaymentId: one.PaymentId, Points: one.Points, PointsBalance: one.Balance)),
        BookingConfirmed one => new(
            NotificationType.BookingConfirmed, ((Booking.Known)Publishing.Fold<Booking, BookingEvent>(history)).CustomerId, new(BookingId: one.Id, On: one.On)),
        WebhookEndpointDisabled one => new(
            NotificationType.WebhookEndpointDisabled, null, new(EndpointId: one.Id.Value, Code: one.Reason is WebhookFault.Gone ? "gone" : "failed_too_long")),
        NotificationQueued one => new(one.Type, one.CustomerId, OfAsked(one), IsAsked: true),
        MessageTestRequested one => new(one.Type, null, new(NotificationId: one.Id, Channel: one.Channel), IsAsked: true),
        _ => null,
    };

    private static WantedNotification? OfCapture(PaymentCaptured happened, Payment.Known payment) => payment.CustomerId is not { } customer ? null : new(
        NotificationType.PaymentReceipt, customer,
        new(payment.InvoiceId, payment.Id, payment.SubscriptionId, Amount: payment.Captured, On: happened.On));

    private static WantedNotification? OfFailure(PaymentFailed happened, Payment.Known payment) => payment.CustomerId is not { } customer ? null : new(
        payment.SubscriptionId is not null && happened.Attempt > 1 ? NotificationType.PaymentRetryFailed : NotificationType.PaymentFailed, customer,
        new(payment.InvoiceId, payment.Id, payment.SubscriptionId, Amount: payment.Amount, On: happened.On, Attempt: happened.Attempt, Code: happened.Code));

    private static WantedNotification OfIntent(PaymentIntentFailed happened, PaymentIntent.Known intent) => new(
        NotificationType.PaymentFailed, intent.CustomerId, new(intent.InvoiceId, Amount: intent.Amount, On: happened.On, Attempt: 1, Code: happened.Code));

    private static WantedNotification OfSubscription(NotificationType type, LocalDate on, IReadOnlyList<IEvent> history)
    {
        var known = (Subscription.Known)Publishing.Fold<Subscription, SubscriptionEvent>(history);
        var day = type is NotificationType.DunningFinalNotice ? known.Chase?.ExpiresOn ?? on : on;
        return new(type, known.CustomerId, new(known.Chase?.InvoiceId, known.Chase?.PaymentId, known.Id, On: day));
    }

    private static NotificationFacts OfAsked(NotificationQueued one)
    {
        var facts = new NotificationFacts(NotificationId: one.Id);
        if (one.SubjectId is not { } id) return facts;
        return NotificationKind.Of(one.Type).Data[0] switch
        {
            "invoice_id" => facts with { InvoiceId = new(id) },
            "payment_id" => facts with { PaymentId = new(id) },
            "subscription_id" => facts with { SubscriptionId = new(id) },
            "booking_id" => facts with { BookingId = new(id) },
            "payment_method_id" => facts with { PaymentMethodId = id },
            _ => facts,
        };
    }
}
