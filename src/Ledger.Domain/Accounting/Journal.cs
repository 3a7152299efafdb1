using Ledger.Domain.Balances;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Accounting;

/// <summary>Double entry: what each event of money does to the accounts. Pure: the event alone says it.</summary>
/// <remarks>
/// Money that comes in is credited to <see cref="Account.Unapplied"/>, and the event that says what it is for takes it from there. So
/// each event balances by itself, and nothing stays there once a commit is complete.
/// </remarks>
public static class Journal
{
    /// <summary>Null for an event that moves no money.</summary>
    public static JournalEntry? Of(IEvent @event) => @event switch
    {
        InvoiceEvent one => OfInvoice(one),
        CreditNoteIssued one => OfCreditNote(one),
        BalanceEvent one => OfBalance(one),
        PaymentEvent one => OfPayment(one),
        RefundEvent one => OfRefund(one),
        ClassCreditEvent one => OfClasses(one),
        LoyaltyAccountEvent one => OfPoints(one),
        OrderPartiallyPaid { InvoiceId: null } one => new Entry(one.On, "order in part").Move(Account.Unapplied, Account.Revenue, one.Amount).Done(),
        OrderPaid { InvoiceId: null } one => new Entry(one.On, "order").Move(Account.Unapplied, Account.Revenue, one.Amount).Done(),
        BookingPaid one => new Entry(one.On, "booking").Move(Account.Unapplied, Account.Revenue, one.Amount).Done(),
        _ => null,
    };

    private static JournalEntry? OfInvoice(InvoiceEvent @event) => @event switch
    {
        InvoiceIssued one => Lines(new(one.IssuedOn, "invoice"), one.Lines, one.Period, 1).Debit(Account.Receivable, one.Total).Done(),
        InvoiceCancelled one => Lines(new(one.On, "void invoice"), one.Lines, one.Period, -1).Credit(Account.Receivable, one.Total).Done(),
        InvoicePartiallyPaid one => new Entry(one.On, "part of invoice settled").Move(Account.Unapplied, Account.Receivable, one.Amount).Done(),
        InvoicePaid one => new Entry(one.On, "invoice settled").Move(Account.Unapplied, Account.Receivable, one.Amount).Done(),
        InvoiceWrittenOff one => new Entry(one.On, "invoice written off").Move(Account.WriteOffs, Account.Receivable, one.Amount).Done(),
        _ => null,
    };

    /// <summary>Revenue of days is earned day by day; all else at once. A discount goes the way of what it is on.</summary>
    private static Entry Lines(Entry entry, IReadOnlyList<InvoiceLine> lines, BillingPeriod? period, int sign)
    {
        foreach (var line in lines)
        {
            var discount = (line.NetDiscount ?? Money.Zero(line.Net.Currency)).Times(sign);
            var gross = line.Net.Times(sign) + discount;
            _ = entry.Credit(Account.Tax, line.Tax.Times(sign));
            if ((line.Period ?? period) is not { } days) _ = entry.Credit(Account.Revenue, gross).Debit(Account.Discounts, discount);
            else
            {
                _ = entry.Credit(Account.DeferredRevenue, gross - discount)
                    .Over(days, Account.DeferredRevenue, Account.Revenue, gross).Over(days, Account.Discounts, Account.DeferredRevenue, discount);
            }
        }

        return entry;
    }

    private static JournalEntry? OfCreditNote(CreditNoteIssued note)
    {
        var entry = new Entry(note.IssuedOn, "credit note").Debit(Account.Tax, note.Tax);
        foreach (var line in note.Lines)
        {
            _ = line.Period is { } days
                ? entry.Debit(Account.DeferredRevenue, line.Net).Over(days, Account.DeferredRevenue, Account.Revenue, -line.Net)
                : entry.Debit(Account.Refunds, line.Net);
        }

        return entry.Credit(note.Destination is CreditDestination.Invoice ? Account.Receivable : Account.Unapplied, note.Total).Done();
    }

    private static JournalEntry? OfBalance(BalanceEvent @event) => @event switch
    {
        CustomerBalanceAdjusted { Operation: BalanceOperation.Credit } one =>
            new Entry(one.On, "balance given").Move(Account.Adjustments, Account.CustomerBalances, one.Amount).Done(),
        CustomerBalanceAdjusted one => new Entry(one.On, "balance taken").Move(Account.CustomerBalances, Account.Adjustments, one.Amount).Done(),
        CustomerBalanceCredited one => new Entry(one.On, "balance credited").Move(Account.Unapplied, Account.CustomerBalances, one.Amount).Done(),
        CustomerBalanceApplied one => new Entry(one.On, "balance applied").Move(Account.CustomerBalances, Account.Unapplied, one.Amount).Done(),
        _ => null,
    };

    private static JournalEntry? OfPayment(PaymentEvent @event) => @event switch
    {
        PaymentCaptured { Amount: { } amount } one => new Entry(one.On, "payment").Move(Account.Cash(one.Provider ?? "unknown"), Account.Unapplied, amount).Done(),
        PaymentDisputed one => new Entry(one.On, "dispute").Move(Account.Disputed, Account.Cash(one.Provider), one.Amount).Done(),
        PaymentDisputeChanged one => new Entry(one.On, "dispute changed").Move(one.IsLost ? Account.Disputes : Account.Disputed, Account.Cash(one.Provider), one.Change).Done(),
        PaymentDisputeClosed { IsWon: true } one => new Entry(one.On, "dispute won").Move(Account.Cash(one.Provider), Account.Disputed, one.Amount).Done(),
        PaymentDisputeClosed one => new Entry(one.On, "dispute lost").Move(Account.Disputes, Account.Disputed, one.Amount).Done(),
        _ => null,
    };

    private static JournalEntry? OfRefund(RefundEvent @event) => @event switch
    {
        // Without an invoice there is no credit note that says what is taken back.
        RefundSucceeded one => new Entry(one.On, "refund")
            .Move(one.CreditNoteId is null ? Account.Refunds : Account.Unapplied, Account.Cash(one.Provider), one.Amount).Done(),
        _ => null,
    };

    /// <summary>Classes are owed until they are taken, or can be taken no more.</summary>
    private static JournalEntry? OfClasses(ClassCreditEvent @event) => @event switch
    {
        ClassCreditIssued one => new Entry(one.On, "classes sold").Move(Account.Unapplied, Account.ClassCredits, one.AmountPaid).Done(),
        ClassCreditUsed one => new Entry(one.On, "class used").Move(Account.ClassCredits, Account.Revenue, one.Value).Done(),
        ClassCreditRefunded one => new Entry(one.On, "class given back").Move(Account.Revenue, Account.ClassCredits, one.Value).Done(),
        ClassCreditAdjusted one => new Entry(one.On, "classes dropped").Move(Account.ClassCredits, Account.Revenue, one.ValueDropped).Done(),
        ClassCreditVoided one => new Entry(one.On, "classes refunded").Move(Account.ClassCredits, Account.Refunds, one.Value).Done(),
        ClassCreditExpired one => new Entry(one.On, "classes expired").Move(Account.ClassCredits, Account.Revenue, one.Value).Done(),
        _ => null,
    };

    /// <summary>Points are a commodity of their own: what customers hold, against what was given.</summary>
    private static JournalEntry? OfPoints(LoyaltyAccountEvent @event) => @event switch
    {
        LoyaltyPointsEarned one => new Entry(one.On, "points earned").Points(Account.Loyalty, Account.LoyaltyPoints, one.Points).Done(),
        LoyaltyPointsSpent one => new Entry(one.On, "points spent").Points(Account.Loyalty, Account.LoyaltyPoints, one.Points).Done(),
        LoyaltyPointsReversed one => new Entry(one.On, "points reversed").Points(Account.Loyalty, Account.LoyaltyPoints, one.Points).Done(),
        LoyaltyPointsAdjusted one => new Entry(one.On, "points adjusted").Points(Account.Loyalty, Account.LoyaltyPoints, one.Points).Done(),
        _ => null,
    };
}
