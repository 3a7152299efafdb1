using Ledger.Domain.Balances;

namespace Ledger.Domain.Invoices;

/// <summary>Send a drafted invoice: it gets its number, and is owed. The customer's balance pays what it can.</summary>
/// <remarks>Refuses with <c>invoice_not_found</c>. Issuing again changes nothing. The days until it is due run from today.</remarks>
public sealed record IssueInvoice(InvoiceId Id, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Invoice, InvoiceEvent>(Id.Stream) is not Invoice.Known invoice) return InvoiceRejections.NotFound;
        return invoice.Status is InvoiceStatus.Draft ? await Decide(states, invoice, Today, new JointDecision()) : JointDecision.Nothing;
    }

    /// <summary>The same, as the end of a decision that drafts it.</summary>
    internal static async ValueTask<JointDecision> Decide(IStates states, Invoice.Known drafted, LocalDate today, JointDecision decision)
    {
        var dueDays = Period.DaysBetween(drafted.IssuedOn, drafted.DueOn);
        var issued = new InvoiceIssued(
            drafted.Id, drafted.CustomerId, SubscriptionId: null, Period: null, drafted.Lines, drafted.PricesIncludeTax, drafted.Net,
            drafted.Tax, drafted.Total, today, today.PlusDays(dueDays));
        _ = decision.Append(drafted.Id.Stream, issued);
        var balance = await states.OfNew<CustomerBalance, BalanceEvent>(BalanceId.Of(drafted.CustomerId).Stream);
        _ = Settlement.ByBalance(balance, (Invoice.Known)Invoice.Evolve(drafted, issued), today, decision);
        return decision;
    }
}
