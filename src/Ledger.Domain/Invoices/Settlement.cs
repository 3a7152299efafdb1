using Ledger.Domain.Balances;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Invoices;

/// <summary>What money does to an invoice: it settles what is open, and what is too much is the customer's.</summary>
internal static class Settlement
{
    /// <summary>Lets captured money settle the invoice. No cent is lost: what is not owed any more goes to the customer's balance.</summary>
    public static async ValueTask ByPayment(IStates states, InvoiceId id, PaymentId payment, Money amount, LocalDate on, JointDecision decision)
    {
        if (await states.Of<Invoice, InvoiceEvent>(id.Stream) is not Invoice.Known invoice) return;
        var open = invoice.Open;
        var settles = amount < open ? amount : open;
        if (settles.Amount > 0) _ = decision.Append(id.Stream, Paid(invoice, settles, on, payment));
        if (amount <= open) return;

        var balance = await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(invoice.CustomerId).Stream);
        var grown = balance.Grow(invoice.CustomerId, BalanceSource.Overpayment, payment.Value, amount - open, on);
        _ = decision.Append(grown.Id.Stream, grown);
    }

    /// <summary>Lets the customer's balance settle what it can of an invoice, and says what is left to pay.</summary>
    /// <param name="balance">As it is before.</param>
    public static Money ByBalance(CustomerBalance balance, Invoice.Known invoice, LocalDate on, JointDecision decision)
    {
        if (balance.Pay(invoice.CustomerId, invoice.Id, invoice.Open, on) is not { } applied) return invoice.Open;
        _ = decision.Append(applied.Id.Stream, applied).Append(invoice.Id.Stream, Paid(invoice, applied.Amount, on, payment: null));
        return invoice.Open - applied.Amount;
    }

    private static InvoiceEvent Paid(Invoice.Known invoice, Money amount, LocalDate on, PaymentId? payment) => amount >= invoice.Open
        ? new InvoicePaid(invoice.Id, payment, amount, on)
        : new InvoicePartiallyPaid(invoice.Id, amount, on, payment);
}
