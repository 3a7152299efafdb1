using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Invoices;

/// <summary>Prepare an invoice for a customer that is of no subscription. Nothing is owed before it is issued.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, <c>invoice_lines_required</c>, <c>product_variation_not_found</c>,
/// <c>product_variation_archived</c>, <c>price_missing</c>, <c>currency_mismatch</c>, <c>amount_too_large</c>.
/// </remarks>
/// <param name="Currency">Null for the tenant's.</param>
/// <param name="DueDays">From the day of issue to the last day on which it is paid in time.</param>
/// <param name="IssuesAtOnce">Whether it is issued in the same breath; the customer's balance pays what it can.</param>
public sealed record DraftInvoice(
    InvoiceId Id, TenantId Tenant, CustomerId CustomerId, Currency? Currency, IReadOnlyList<WantedItem> Items, int DueDays, LocalDate Today,
    bool IssuesAtOnce) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.OfNew<Invoice, InvoiceEvent>(Id.Stream);
        if (state is not Invoice.Unknown) return JointDecision.Nothing;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        var currency = Currency ?? tenant.Currency;
        var (items, rejection) = await WantedItem.Resolve(Items, currency, states);
        if (rejection is not null) return rejection;

        var draft = InvoiceDraft.Of(currency, items, tenant.PricesIncludeTax);
        if (draft.Total.Amount <= 0) return InvoiceRejections.LinesRequired;
        var drafted = new InvoiceDrafted(Id, CustomerId, draft.Lines, draft.PricesIncludeTax, draft.Net, draft.Tax, draft.Total, DueDays, Today);
        var decision = new JointDecision().Append(Id.Stream, drafted);
        return IssuesAtOnce ? await IssueInvoice.Decide(states, (Invoice.Known)Invoice.Evolve(state, drafted), tenant, Today, decision) : decision;
    }
}
