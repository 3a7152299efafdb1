using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.PaymentIntents;

/// <summary>Let a customer pay an invoice, or an order of an amount alone, at the provider's. While the same is to be paid it stays the same intent.</summary>
/// <remarks>
/// What the provider has told of it before it was known here is applied with it.
/// Refuses with <c>invoice_not_found</c>, <c>invoice_already_paid</c>, <c>invoice_cancelled</c>, <c>invoice_not_open</c>, <c>order_not_found</c>,
/// <c>order_already_paid</c>, <c>order_cancelled</c>, <c>payment_pending</c>, <c>order_customer_required</c>,
/// <c>customer_not_found</c> for a deleted one, and <c>amount_mismatch</c> where
/// another amount is to be paid by now.
/// </remarks>
/// <param name="InvoiceId">Exactly one of this and the order.</param>
/// <param name="Amount">For which the provider has made its intent.</param>
/// <param name="ProviderReference">What the provider calls it.</param>
public sealed record OpenPaymentIntent(
    InvoiceId? InvoiceId, OrderId? OrderId, Money Amount, string Provider, string ProviderReference, LocalDate Today, TenantId Tenant) : IJointCommand
{
    internal const string ClaimKind = "payment_intent";

    public PaymentIntentId Id => InvoiceId is { } invoice ? PaymentIntentId.For(invoice) : PaymentIntentId.For(OrderId!.Value);

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var (payable, refusal) = await Payable.Of(states, InvoiceId, OrderId);
        if (refusal is not null) return refusal;
        if (await ChargeableCustomer.Refusal(states, payable!.CustomerId) is { } gone) return gone;
        if (payable.Amount != Amount) return PaymentRejections.Expected(payable.Amount);

        var state = await states.OfNew<PaymentIntent, PaymentIntentEvent>(Id.Stream);
        if (state is PaymentIntent.Known { IsOpen: true } open && open.Amount == Amount) return JointDecision.Nothing;
        PaymentIntentEvent happened = state is PaymentIntent.Known
            ? new PaymentIntentRenewed(Id, Amount, Provider, ProviderReference, Today)
            : new PaymentIntentCreated(Id, payable.CustomerId, Amount, Provider, ProviderReference, Today, InvoiceId, OrderId);
        var subject = ProviderSubject.OfIntent(Tenant, ProviderReference, Id);
        _ = await states.OfNew<KnownProviderSubject, ProviderSubjectEvent>(subject.Id.Stream);
        var decision = new JointDecision().Append(Id.Stream, happened)
            .Append(subject.Id.Stream, new ProviderSubjectKnown(subject.Id, Id))
            .Claim(new Claim(ClaimKind, ProviderReference, Id.Stream, PaymentIntentRejections.Mismatch));
        return await KeptProviderEvents.Apply(states, subject, Today, decision);
    }
}

/// <summary>What is to be paid, and by whom.</summary>
internal sealed record Payable(CustomerId CustomerId, Money Amount)
{
    /// <summary>Null with the reason where nothing can be paid.</summary>
    public static async ValueTask<(Payable? Payable, Rejection? Refusal)> Of(IStates states, InvoiceId? invoiceId, OrderId? orderId)
    {
        if (invoiceId is { } id)
        {
            if (await states.Of<Invoice, InvoiceEvent>(id.Stream) is not Invoice.Known invoice) return (null, InvoiceRejections.NotFound);
            return invoice.IsOpen ? (new(invoice.CustomerId, invoice.Open), null) : (null, InvoiceRejections.WhyNotOpen(invoice));
        }

        if (await states.Of<Order, OrderEvent>(orderId!.Value.Stream) is not Order.Known order) return (null, OrderRejections.NotFound);
        if (order.NotPayable is { } no) return (null, no);
        return order.CustomerId is { } customer ? (new(customer, order.Rest), null) : (null, OrderRejections.CustomerRequired);
    }
}
