using Ledger.Domain.Accounting;
using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.Classes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.EventStore.Events;

namespace Ledger.Scenarios.Races;

/// <summary>What is owed and held by the things themselves, and whether the accounts say the same.</summary>
internal sealed class Holdings
{
    private static readonly Currency Krona = Currency.Parse("ISK");
    private readonly Books books = new();
    private readonly Dictionary<string, int> once = [];

    private readonly Folded<Invoice, InvoiceEvent> invoices = new(
        state => state is Invoice.Known known ? known.Open.Amount : 0,
        state => state is Invoice.Known known && (known.Open.Amount < 0 || known.Creditable.Amount < 0) ? "More was settled or credited than was invoiced" : null);

    private readonly Folded<CustomerBalance, BalanceEvent> balances = new(
        state => state.In(Krona).Amount, state => state.In(Krona).Amount < 0 ? "A balance is below zero" : null);

    private readonly Folded<ClassCredit, ClassCreditEvent> classes = new(
        state => state is ClassCredit.Known known ? known.ValueLeft.Amount : 0,
        state => state is ClassCredit.Known known && (known.Remaining < 0 || known.Remaining > known.Total || known.ValueLeft.Amount < 0) ? "Classes are not between 0 and all" : null);

    private readonly Folded<LoyaltyAccount, LoyaltyAccountEvent> points = new(
        state => state.Balance, state => state.Earned.Values.Any(one => one.Points < 0) ? "A payment has taken back more points than it gave" : null);

    private readonly Folded<ClassSession, ClassSessionEvent> sessions = new(
        _ => 0, state => state is ClassSession.Known { PlacesLeft: < 0 } ? "A class has more people than places" : null);

    public Folded<Payment, PaymentEvent> Payments { get; } = new(
        state => state is Payment.Known known ? known.Captured.Amount - known.Refunded.Amount : 0,
        state => state is Payment.Known { Refundable.Amount: < 0 } ? "More was promised back than was captured" : null);

    public void Take(StoredEvent happened)
    {
        books.Take(happened);
        invoices.Take(happened);
        balances.Take(happened);
        classes.Take(happened);
        points.Take(happened);
        sessions.Take(happened);
        Payments.Take(happened);
        switch (happened.Event)
        {
            case PaymentCaptured one: Once($"capture {one.Id}", happened); break;
            case OrderPaid one: Once($"paid order {one.Id}", happened); break;
            case InvoiceIssued one: Once($"issued {one.Id}", happened); break;
            case LoyaltyPointsEarned one: Once($"points of {one.PaymentId}", happened); break;
            case ClassCreditIssued one: Once($"classes of {one.PaymentId}", happened); break;
            default: break;
        }
    }

    /// <summary>Where a batch ends, every commit is complete: then the accounts are what the things say.</summary>
    public void Agree(long position)
    {
        var at = $"at {position}";
        books.Of(Account.Unapplied).ShouldBe(0, at);
        books.Of(Account.Receivable).ShouldBe(invoices.Sum, at);
        books.Of(Account.CustomerBalances).ShouldBe(-balances.Sum, at);
        books.Of(Account.ClassCredits).ShouldBe(-classes.Sum, at);
        books.Of(Account.LoyaltyPoints).ShouldBe(-points.Sum, at);
        books.Of("assets:cash").ShouldBe(Payments.Sum, at);
    }

    private void Once(string what, StoredEvent happened)
    {
        once[what] = once.GetValueOrDefault(what) + 1;
        once[what].ShouldBe(1, $"{what} at {happened.Position}");
    }
}
