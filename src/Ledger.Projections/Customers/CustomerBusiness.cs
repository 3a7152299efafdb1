using Ledger.Domain.Customers;

namespace Ledger.Projections.Customers;

/// <summary>What of a customer may still be open, by its views: each is looked at again in the decision.</summary>
public sealed class CustomerBusiness(LedgerDatabase database)
{
    public async Task<CustomerThings> Of(string tenant, CustomerId customer, CancellationToken ct) => new()
    {
        Subscriptions = await Ids("subscriptions where status not in ('cancelled', 'expired')", id => new Domain.Subscriptions.SubscriptionId(id), tenant, customer, ct),
        Invoices = await Ids("invoices where status in ('draft', 'pending', 'overdue')", id => new Domain.Invoices.InvoiceId(id), tenant, customer, ct),
        Orders = await Ids("orders where status not in ('paid', 'cancelled', 'refunded')", id => new Domain.Orders.OrderId(id), tenant, customer, ct),
        Payments = await Ids("payments where (status in ('pending', 'outcome_unknown', 'authorized') or disputed > 0)", id => new Domain.Payments.PaymentId(id), tenant, customer, ct),
        Refunds = await Ids("refunds where status in ('requested', 'processing')", id => new Domain.Refunds.RefundId(id), tenant, customer, ct),
        Bookings = await Ids("bookings where status <> 'cancelled'", id => new Domain.Bookings.BookingId(id), tenant, customer, ct),
        ClassCredits = await Ids("class_credits where status = 'active'", id => new Domain.Classes.ClassCreditId(id), tenant, customer, ct),
    };

    private Task<List<TId>> Ids<TId>(string what, Func<Guid, TId> of, string tenant, CustomerId customer, CancellationToken ct) =>
        database.QueryAsTenant(
            tenant, $"select id from views.{what} and tenant_id = $1 and customer_id = $2 order by created_position", [tenant, customer.Value],
            row => of(row.GetGuid(0)), ct);
}
