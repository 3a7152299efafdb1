using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentIntents;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Access;

/// <summary>Whose a thing in a path is, for customers: what is not theirs is not there.</summary>
/// <remarks>A path with an id that is not listed here is closed to customers.</remarks>
internal sealed class Owners(StateReader states, Claims claims)
{
    /// <summary>Of things that every customer may see: their endpoints say what of them.</summary>
    private static readonly string[] Everybodys = ["reward_id"];

    private static readonly Dictionary<string, Rejection> Missing = new()
    {
        ["customer_id"] = CustomerRejections.NotFound,
        ["subscription_id"] = SubscriptionRejections.NotFound,
        ["invoice_id"] = InvoiceRejections.NotFound,
        ["credit_note_id"] = CreditNoteRejections.NotFound,
        ["payment_id"] = PaymentRejections.NotFound,
        ["order_id"] = OrderRejections.NotFound,
        ["payment_intent_id"] = PaymentIntentRejections.NotFound,
        ["refund_id"] = RefundRejections.NotFound,
        ["payment_method_id"] = PaymentMethodRejections.NotFound,
        ["setup_session_id"] = SetupSessionRejections.NotFound,
        ["booking_id"] = BookingRejections.NotFound,
        ["class_credit_id"] = ClassCreditRejections.NotFound,
    };

    /// <summary>Why a customer may not have this path; null when all in it is their own.</summary>
    public async ValueTask<Problem?> Refusal(HttpContext http, string tenant, CustomerId self, CancellationToken ct)
    {
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (Everybodys.Contains(name)) continue;
            if (!Missing.TryGetValue(name, out var missing) || !Guid.TryParse(value as string, out var id)) return Problem.Forbidden;
            if (await Of(name, tenant, id, ct) != self) return Problem.Of(missing);
        }

        return null;
    }

    private async ValueTask<CustomerId?> Of(string name, string tenant, Guid id, CancellationToken ct) => name switch
    {
        "customer_id" => new CustomerId(id),
        "subscription_id" => (await states.Of<Subscription, SubscriptionEvent>(tenant, new SubscriptionId(id).Stream, ct) as Subscription.Known)?.CustomerId,
        "invoice_id" => (await states.Of<Invoice, InvoiceEvent>(tenant, new InvoiceId(id).Stream, ct) as Invoice.Known)?.CustomerId,
        "credit_note_id" => (await states.Of<CreditNote, CreditNoteEvent>(tenant, new CreditNoteId(id).Stream, ct) as CreditNote.Known)?.Issued.CustomerId,
        "payment_id" => (await states.Of<Payment, PaymentEvent>(tenant, new PaymentId(id).Stream, ct) as Payment.Known)?.CustomerId,
        "setup_session_id" => (await states.Of<SetupSession, SetupSessionEvent>(tenant, new SetupSessionId(id).Stream, ct) as SetupSession.Known)?.CustomerId,
        "order_id" => (await states.Of<Order, OrderEvent>(tenant, new OrderId(id).Stream, ct) as Order.Known)?.CustomerId,
        "payment_intent_id" => (await states.Of<PaymentIntent, PaymentIntentEvent>(tenant, new PaymentIntentId(id).Stream, ct) as PaymentIntent.Known)?.CustomerId,
        "refund_id" => (await states.Of<Refund, RefundEvent>(tenant, new RefundId(id).Stream, ct) as Refund.Known)?.CustomerId,
        "booking_id" => (await states.Of<Booking, BookingEvent>(tenant, new BookingId(id).Stream, ct) as Booking.Known)?.CustomerId,
        "class_credit_id" => (await states.Of<ClassCredit, ClassCreditEvent>(tenant, new ClassCreditId(id).Stream, ct) as ClassCredit.Known)?.CustomerId,
        "payment_method_id" => await OfPaymentMethod(tenant, id, ct),
        _ => null,
    };

    private async ValueTask<CustomerId?> OfPaymentMethod(string tenant, Guid id, CancellationToken ct) =>
        await claims.OwnerOf(tenant, AddPaymentMethod.ClaimKind, id.ToString(), ct) is { } stream
            ? (await states.Of<Wallet, WalletEvent>(tenant, new("wallet", stream), ct)).Find(new(id))?.CustomerId
            : null;
}
