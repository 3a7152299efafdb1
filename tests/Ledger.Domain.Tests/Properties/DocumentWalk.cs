using Ledger.Domain.Tests.CreditNotes;
using static Ledger.Domain.Tests.CreditNotes.Shelf;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>
/// Everything that makes documents, in any order: changes, pauses, cancellations, refunds, notes, coupons, balances, and settings that
/// change in between. After each step the documents must add up; at the end all is given back, and nothing may be left.
/// </summary>
internal sealed class DocumentWalk
{
    private static readonly string[] Rates = ["0", "0.08875", "0.11", "0.24", "0.255"], Frequencies = ["monthly", "quarterly", "weekly", "every_10_days"];

    private readonly Picker pick;
    private readonly Shelf shelf;
    private readonly DocumentCheck check;
    private readonly int seed;
    private LocalDate today;
    private bool includes;

    public DocumentWalk(int seed)
    {
        (this.seed, pick) = (seed, new Picker(seed));
        includes = pick.Chance(50);
        shelf = new Shelf(pick.One("ISK", "USD", "KWD"), includes, pick.Chance(60));
        for (var i = 1; i <= 3; i++) _ = shelf.Sells(i, pick.Int(1, 9_999), pick.One(Rates));
        for (var i = 0; i < 6; i++) Offer(i);
        check = new DocumentCheck(shelf, seed);
        today = Day("2026-01-01").PlusDays(pick.Int(0, 60));
    }

    /// <summary>So many steps, and the end.</summary>
    public void Go(int steps)
    {
        shelf.Subscribe(Items(), today, pick.One(Frequencies), pick.One<int?>(null, null, 31));
        if (pick.Chance(50)) Try(new ApplyCoupon(Breads, Bakery, Coupon(pick.Int(0, 5)), today));
        for (var i = 0; i < steps; i++)
        {
            today = today.PlusDays(pick.Int(0, 6));
            Bill();
            Step();
            check.All();
        }

        GiveEverythingBack();
        check.All();
        check.NothingIsLeft();
    }

    private void Offer(int number)
    {
        int[] goodFor = pick.Chance(40) ? [pick.Int(1, 3)] : [];
        int? charges = pick.One<int?>(null, 1, 2);
        _ = pick.Chance(60)
            ? shelf.Offers(number, pick.One("0.1", "0.25", "0.333333", "0.5", "1"), charges: charges, goodFor: goodFor)
            : shelf.Offers(number, amount: new(pick.Int(1, 9_999), pick.Chance(90) ? shelf.Currency : Currency.Parse("EUR")), charges: charges, goodFor: goodFor);
    }

    private string Items() => string.Join(' ', Enumerable.Range(1, 3).Where(_ => pick.Chance(60)).DefaultIfEmpty(1).Select(i => $"{pick.Int(1, 3)}x{i}"));

    private void Bill()
    {
        for (var more = true; more;)
        {
            var before = shelf.Ledger.Log.Count;
            Try(new BillSubscription(Breads, Bakery, today));
            Try(new ChaseSubscription(Breads, Bakery, today));
            if (pick.Chance(80)) Answer();
            more = shelf.Ledger.Log.Count > before;
        }
    }

    private void Answer()
    {
        if (shelf.Log.OfType<PaymentInitiated>().LastOrDefault() is not { } begun) return;
        if (shelf.Ledger.State<Payment, PaymentEvent>(begun.Id.Stream) is not Payment.Known { IsCharging: true } payment) return;
        Try(new RecordCharge(begun.Id, Bakery, payment.Attempts, pick.Chance(85) ? new("ch") : new(null, "card_declined"), today));
    }

    private void Step()
    {
        switch (pick.Int(0, 21))
        {
            case <= 4: Change(shelf.Now(today, Items(), pick.Chance(25) ? pick.One(Frequencies) : null)); break;
            case 5: Change(shelf.Now(today)); break;
            case 6: Change(new ChangeSubscriptionPlan(Breads, shelf.Items(Items()), pick.Chance(30) ? Frequency.Parse(pick.One(Frequencies)) : null, today)); break;
            case 7: Change(new CreditSubscriptionPause(Breads, Bakery, null, today)); break;
            case 8: _ = shelf.Ledger.Run(new PauseSubscription(Breads, null, today)); break;
            case 9: _ = shelf.Ledger.Run(new ResumeSubscription(Breads, today)); break;
            case 10: Change(new CancelAndRefundSubscription(Breads, Bakery, null, "a", pick.Chance(50), today)); break;
            case 11: _ = shelf.Ledger.Run(new CancelSubscription(Breads, pick.Chance(50), null, today)); break;
            case 12: Change(new ReactivateSubscription(Breads, today)); break;
            case 13: Try(new ApplyCoupon(Breads, Bakery, Coupon(pick.Int(0, 5)), today)); break;
            case 14: Refund(); break;
            case 15: Decide(); break;
            case 16: Note(); break;
            case 17: Try(pick.Chance(70) ? new VoidInvoice(AnyInvoice(), null, today) : new WriteOffInvoice(AnyInvoice(), null, today)); break;
            case 18:
                Try(new AdjustCustomerBalance(
                    Jon, shelf.NextId(), pick.One(BalanceOperation.Credit, BalanceOperation.Charge), shelf.Amount(pick.Int(1, 9_999)), null, today));
                break;
            case 19: Settings(); break;
            case 20: Try(new PayInvoice(AnyInvoice(), null, today)); Answer(); break;
            default:
                Try(new DraftInvoice(
                    InvoiceId.From(shelf.NextId()), Bakery, Jon, null, shelf.Items(Items()), 14, today, IssuesAtOnce: pick.Chance(80)));
                break;
        }
    }

    /// <summary>Previewed, then made: both come to the same.</summary>
    private void Change(IJointCommand change)
    {
        var preview = ChangePreview.Of(change, Breads, shelf.Tenant, shelf.Ledger).AsTask().GetAwaiter().GetResult();
        var made = shelf.Ledger.Run(change);
        var events = made.Events.Select(one => one.Event).ToList();
        preview.Rejection.ShouldBe(made.Rejection, Told);
        if (made.Rejection is not null) return;
        preview.Invoice?.Total.ShouldBe(events.OfType<InvoiceIssued>().Single().Total, Told);
        preview.Credits.Select(one => one.Total).ShouldBe(events.OfType<CreditNoteIssued>().Select(one => one.Total), Told);
        preview.Refunded.Amount.ShouldBe(events.OfType<RefundRequested>().Sum(one => one.Amount.Amount), Told);
        preview.FromBalance.Amount.ShouldBe(events.OfType<CustomerBalanceApplied>().Sum(one => one.Amount.Amount), Told);
        preview.Due.Amount.ShouldBe(events.OfType<PaymentInitiated>().Sum(one => one.Amount.Amount), Told);
        shelf.Ledger.Run(change).Events.Count.ShouldBe(0, $"the same again, {Told}");
    }

    private void Refund()
    {
        if (check.Payments().Where(one => one.IsPaid).ToList() is not { Count: > 0 } paid) return;
        var payment = pick.One(paid);
        Money? amount = pick.Chance(30) || payment.Captured.Amount == 0 ? null : shelf.Amount(1 + (pick.Int(0, 99) * payment.Captured.Amount / 100));
        Try(new RequestRefund(RefundId.From(shelf.NextId()), payment.Id, amount, null, "a", pick.Chance(70), today));
        if (pick.Chance(50)) Decide();
    }

    /// <summary>Refunds that wait are approved or turned down; those under way end, well or not.</summary>
    private void Decide()
    {
        foreach (var asked in shelf.Log.OfType<RefundRequested>().ToList())
        {
            if (pick.Chance(30)) continue;
            if (pick.Chance(20)) Try(new RejectRefund(asked.Id, "b", null, today));
            _ = shelf.Ledger.Run(new ApproveRefund(asked.Id, "b", IsAdmin: true, today));
            Try(new RecordRefund(asked.Id, pick.Chance(80) ? new("re") : new(null, "unknown_charge"), today));
        }
    }

    private void Note()
    {
        if (shelf.Ledger.State<Invoice, InvoiceEvent>(AnyInvoice().Stream) is not Invoice.Known invoice) return;
        Money? amount = pick.Chance(30) ? null : shelf.Amount(1 + (pick.Int(0, 60) * Math.Max(0, invoice.Creditable.Amount) / 100));
        Try(new IssueCreditNote(CreditNoteId.From(shelf.NextId()), invoice.Id, amount, null, today));
    }

    private void Settings()
    {
        var number = pick.Int(1, 3);
        switch (pick.Int(0, 2))
        {
            case 0: shelf.PricesIncludeTax(includes = !includes); break;
            case 1: shelf.RateIs(number, pick.One(Rates)); break;
            default: shelf.PriceIs(number, pick.Int(1, 9_999)); break;
        }
    }

    private InvoiceId AnyInvoice() => pick.One(shelf.Log.OfType<InvoiceIssued>().Select(one => one.Id).DefaultIfEmpty(InvoiceId.From(default)).ToList());

    private void GiveEverythingBack()
    {
        _ = shelf.Ledger.Run(new CancelSubscription(Breads, AtPeriodEnd: false, null, today));
        foreach (var payment in check.Payments().Where(one => one.IsCharging).ToList())
            Try(new RecordCharge(payment.Id, Bakery, payment.Attempts, new("ch"), today));
        foreach (var asked in shelf.Log.OfType<RefundRequested>().ToList())
        {
            _ = shelf.Ledger.Run(new ApproveRefund(asked.Id, "b", IsAdmin: true, today));
            Try(new RecordRefund(asked.Id, new("re"), today));
        }

        foreach (var payment in check.Payments().Where(one => one.IsPaid).ToList())
        {
            var refund = RefundId.From(shelf.NextId());
            Try(new RequestRefund(refund, payment.Id, null, null, "a", IsApproved: true, today));
            if (shelf.Ledger.State<Refund, RefundEvent>(refund.Stream) is Refund.Known) Try(new RecordRefund(refund, new("re"), today));
        }

        foreach (var invoice in check.Invoices().Where(one => one.Status is not (InvoiceStatus.Draft or InvoiceStatus.Cancelled or InvoiceStatus.WrittenOff)).ToList())
        {
            if (invoice.Open.Amount > 0) Try(new IssueCreditNote(CreditNoteId.From(shelf.NextId()), invoice.Id, invoice.Open, null, today));
            Try(new IssueCreditNote(CreditNoteId.From(shelf.NextId()), invoice.Id, null, null, today));
        }
    }

    private string Told => $"seed {seed}";

    private void Try(IJointCommand command) => _ = shelf.Ledger.Run(command);
}
