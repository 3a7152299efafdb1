using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Invoices;

/// <summary>Send a drafted invoice: it gets its number, and is owed. The customer's balance pays what it can.</summary>
/// <remarks>Refuses with <c>invoice_not_found</c>, <c>customer_not_found</c> for a deleted one. Issuing again changes nothing. The days until it is due run from today; a date that the place skipped is not one of them.</remarks>
public sealed record IssueInvoice(InvoiceId Id, TenantId Tenant, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Invoice, InvoiceEvent>(Id.Stream) is not Invoice.Known invoice) return InvoiceRejections.NotFound;
        if (invoice.Status is not InvoiceStatus.Draft) return JointDecision.Nothing;
        return await states.Of<Tenant, TenantEvent>(Tenant.Stream) is Tenant.Known tenant
            ? await Decide(states, invoice, tenant, Today, new JointDecision())
            : TenantRejections.NotFound;
    }

    /// <summary>The same, as the end of a decision that drafts it.</summary>
    internal static async ValueTask<JointDecision> Decide(IStates states, Invoice.Known drafted, Tenant.Known tenant, LocalDate today, JointDecision decision)
    {
        if (await ChargeableCustomer.Refusal(states, drafted.CustomerId) is { } gone) return gone;
        var dueDays = Period.DaysBetween(drafted.IssuedOn, drafted.DueOn);
        var issued = new InvoiceIssued(
            drafted.Id, drafted.CustomerId, SubscriptionId: null, Period: null, drafted.Lines, drafted.PricesIncludeTax, drafted.Net,
            drafted.Tax, drafted.Total, today, tenant.Existing(today.PlusDays(dueDays)));
        _ = decision.Append(drafted.Id.Stream, issued);
        var balance = await states.OfNew<CustomerBalance, BalanceEvent>(BalanceId.Of(drafted.CustomerId).Stream);
        _ = Settlement.ByBalance(balance, (Invoice.Known)Invoice.Evolve(drafted, issued), today, decision);
        return decision;
    }
}
