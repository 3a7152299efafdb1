using Ledger.Domain.Bookings;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Notifications;

/// <summary>Send a customer a message. The same id again changes nothing.</summary>
/// <param name="SubjectId">What it is about, where the type asks for an id.</param>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, and where it is about something that is not the customer's with <c>invoice_not_found</c>,
/// <c>payment_not_found</c>, <c>subscription_not_found</c>, <c>payment_method_not_found</c>, <c>booking_not_found</c>.
/// </remarks>
public sealed record QueueNotification(
    NotificationId Id, NotificationType Type, CustomerId CustomerId, Guid? SubjectId, Personal<NotificationWords>? Words) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<Notification, NotificationEvent>(Id.Stream) is not Notification.Unknown) return JointDecision.Nothing;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (await Missing(states) is { } missing) return missing;
        return new JointDecision().Append(Id.Stream, new NotificationQueued(Id, Type, CustomerId, SubjectId, Words));
    }

    private async ValueTask<Rejection?> Missing(IStates states)
    {
        if (SubjectId is not { } id) return null;
        return NotificationKind.Of(Type).Data[0] switch
        {
            "invoice_id" => await states.Of<Invoice, InvoiceEvent>(new InvoiceId(id).Stream) is Invoice.Known { Status: not InvoiceStatus.Draft } one && one.CustomerId == CustomerId
                ? null : InvoiceRejections.NotFound,
            "payment_id" => await states.Of<Payment, PaymentEvent>(new PaymentId(id).Stream) is Payment.Known one && one.CustomerId == CustomerId ? null : PaymentRejections.NotFound,
            "subscription_id" => await states.Of<Subscription, SubscriptionEvent>(new SubscriptionId(id).Stream) is Subscription.Known one && one.CustomerId == CustomerId
                ? null : SubscriptionRejections.NotFound,
            "booking_id" => await states.Of<Booking, BookingEvent>(new BookingId(id).Stream) is Booking.Known one && one.CustomerId == CustomerId ? null : BookingRejections.NotFound,
            "payment_method_id" => (await states.Of<Wallet, WalletEvent>(WalletStream.Of(CustomerId))).Find(new(id)) is not null ? null : PaymentMethodRejections.NotFound,
            _ => null,
        };
    }
}
