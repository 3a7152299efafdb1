using Ledger.Domain.Balances;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Customers;

/// <summary>What a customer has had to do with us: where something may still be open. Their states are looked at in the decision.</summary>
public sealed record CustomerThings
{
    public IReadOnlyList<SubscriptionId> Subscriptions { get; init; } = [];

    public IReadOnlyList<InvoiceId> Invoices { get; init; } = [];

    public IReadOnlyList<OrderId> Orders { get; init; } = [];

    public IReadOnlyList<PaymentId> Payments { get; init; } = [];

    public IReadOnlyList<RefundId> Refunds { get; init; } = [];

    public IReadOnlyList<BookingId> Bookings { get; init; } = [];

    public IReadOnlyList<ClassCreditId> ClassCredits { get; init; } = [];
}

/// <summary>Finds what is still open between a customer and us, one line for each, in words for staff.</summary>
internal sealed class OpenBusiness(IStates states, Instant now)
{
    public async ValueTask<IReadOnlyList<string>> Of(CustomerId customer, CustomerThings things)
    {
        var open = new List<string>();
        foreach (var id in things.Subscriptions)
            if (await states.Of<Subscription, SubscriptionEvent>(id.Stream) is Subscription.Known { IsRunning: true }) open.Add($"subscription {id.Value} runs");
        foreach (var id in things.Invoices) Add(open, await OfInvoice(id));
        foreach (var id in things.Orders)
            if (await states.Of<Order, OrderEvent>(id.Stream) is Order.Known { IsPayable: true, OfPeriod: null } order) open.Add($"order {id.Value} of {order.Amount} is unpaid");
        foreach (var id in things.Payments) Add(open, await OfPayment(id));
        foreach (var id in things.Refunds)
        {
            if (await states.Of<Refund, RefundEvent>(id.Stream) is Refund.Known { Status: RefundStatus.Requested or RefundStatus.Processing } refund)
                open.Add($"refund {id.Value} of {refund.Amount} is pending");
        }

        foreach (var id in things.Bookings)
            if (await IsToCome(id)) open.Add($"booking {id.Value} is of a class to come");
        foreach (var id in things.ClassCredits)
        {
            if (await states.Of<ClassCredit, ClassCreditEvent>(id.Stream) is ClassCredit.Known credit && credit.IsValidAt(now))
                open.Add($"class credit {id.Value} has {credit.Remaining} classes left");
        }

        var balance = await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(customer).Stream);
        open.AddRange(balance.Amounts.Values.Where(one => one.Amount != 0).OrderBy(one => one.Currency.Code, StringComparer.Ordinal)
            .Select(one => $"the credit balance is {one}"));
        return open;
    }

    private async ValueTask<string?> OfInvoice(InvoiceId id) => await states.Of<Invoice, InvoiceEvent>(id.Stream) switch
    {
        Invoice.Known { Status: InvoiceStatus.Draft } => $"invoice {id.Value} is a draft",
        Invoice.Known { IsOpen: true } invoice => $"invoice {InvoiceNumbers.Of(invoice.Number)} has {invoice.Open} to be paid",
        _ => null,
    };

    private async ValueTask<string?> OfPayment(PaymentId id) => await states.Of<Payment, PaymentEvent>(id.Stream) switch
    {
        Payment.Known { IsCharging: true } payment => $"payment {id.Value} of {payment.Amount} is under way",
        Payment.Known { Status: PaymentStatus.Authorized } payment => $"payment {id.Value} holds {payment.Amount}",
        Payment.Known payment when payment.Disputed.Keys.Any(name => !payment.ClosedDisputes.Contains(name)) => $"payment {id.Value} is disputed",
        _ => null,
    };

    private async ValueTask<bool> IsToCome(BookingId id)
    {
        if (await states.Of<Booking, BookingEvent>(id.Stream) is not Booking.Known { Status: not BookingStatus.Cancelled } booking) return false;
        return booking.ClassSessionId is { } session
            && await states.Of<ClassSession, ClassSessionEvent>(session.Stream) is ClassSession.Known known && known.StartsAt > now;
    }

    private static void Add(List<string> open, string? line)
    {
        if (line is not null) open.Add(line);
    }
}
