using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

public class ChangeSubscriptionNowTests
{
    [Fact]
    public void More_is_charged_at_once_by_an_invoice_of_two_lines_with_their_days()
    {
        var plan = Paid("10");
        var events = plan.Run(plan.Now("2024-03-15", "20"));
        var issued = events.OfType<InvoiceIssued>().Single();
        (issued.IssuedOn, issued.Period, issued.SubscriptionId).ShouldBe((Day("2024-03-15"), Days("2024-03-15", "2024-04-01"), Breads));
        issued.Lines.ShouldAllBe(line => line.Period == Days("2024-03-15", "2024-04-01"));
        events.OfType<PaymentInitiated>().Single().Amount.ShouldBe(Usd(5.49m));
        plan.Capture("2024-03-15");
        plan.Bill("2024-04-01").Single().Total.ShouldBe(Usd(20));
    }

    [Fact]
    public void What_the_balance_has_pays_first()
    {
        var plan = Paid("10");
        _ = plan.Run(new AdjustCustomerBalance(Jon, Number(900), BalanceOperation.Credit, Usd(5), null, Day("2024-03-02")));
        var events = plan.Run(plan.Now("2024-03-15", "20"));
        events.OfType<CustomerBalanceApplied>().Single().Amount.ShouldBe(Usd(5));
        events.OfType<PaymentInitiated>().Single().Amount.ShouldBe(Usd(0.49m));
    }

    [Fact]
    public void Less_is_credited_to_the_balance_where_it_was_paid()
    {
        var plan = Paid("2x50");
        var note = plan.Run(plan.Now("2024-03-15", "1x30")).OfType<CreditNoteIssued>().Single();
        note.Destination.ShouldBe(CreditDestination.Balance);
        note.Lines.ShouldAllBe(line => line.Period == Days("2024-03-15", "2024-04-01"));
        plan.Balance.ShouldBe(Usd(38.39m));
    }

    [Fact]
    public void Less_is_taken_off_the_invoice_while_it_is_open()
    {
        var plan = new Plan("2x50", "monthly", "2024-03-01");
        _ = plan.Run(new BillSubscription(Breads, Bakery, Day("2024-03-01")));
        plan.Run(plan.Now("2024-03-15", "1x30")).OfType<InvoiceCredited>().Single().Reduces.ShouldBe(Usd(38.39m));

        plan.Capture("2024-03-15");
        plan.Balance.ShouldBe(Usd(38.39m), "all of it was charged already");
    }

    [Fact]
    public void More_waits_for_the_charge_under_way()
    {
        var plan = new Plan("10", "monthly", "2024-03-01");
        _ = plan.Run(new BillSubscription(Breads, Bakery, Day("2024-03-01")));
        plan.Ledger.Run(plan.Now("2024-03-15", "20")).Rejection.ShouldBe(PaymentRejections.Pending);
    }

    [Fact]
    public void The_same_price_under_another_name_bills_nothing()
    {
        var plan = Paid("10");
        var items = plan.Items("10").Select(item => item with { Description = "Renamed" }).ToList();
        plan.Run(new ChangeSubscriptionNow(Breads, Bakery, items, null, Day("2024-03-15"))).Select(one => one.GetType())
            .ShouldBe([typeof(SubscriptionItemsReplaced), typeof(SubscriptionAdjusted)]);
    }

    [Fact]
    public void The_same_again_changes_nothing()
    {
        var plan = Paid("10");
        _ = plan.Change("2024-03-15", "20");
        plan.Change("2024-03-15", "20").ShouldBeEmpty();
        plan.Change("2024-03-20", "20").ShouldBeEmpty();
    }

    [Fact]
    public void A_second_change_credits_what_the_first_one_charges()
    {
        var plan = Paid("31");
        _ = plan.Change("2024-03-11", "62");
        Plan.Figures(plan.Change("2024-03-21", "93")).ShouldBe("-22.00 33.00 = 11.00");
    }

    [Fact]
    public void A_credit_that_one_invoice_cannot_bear_takes_from_those_before_it()
    {
        var plan = Paid("30");
        _ = plan.Change("2024-03-11", "60");
        var notes = plan.Change("2024-03-12", "3").OfType<CreditNoteIssued>().ToList();
        notes.Count.ShouldBe(2);
        plan.Balance.ShouldBe(notes.Select(note => note.Total).Aggregate((a, b) => a + b));
        plan.Balance.ShouldBe(Usd(36.77m), "20 of 31 days: 38.71 and 1.94");
    }

    [Fact]
    public void What_two_notes_charged_together_goes_back_whole()
    {
        var plan = Paid("310");
        _ = plan.Change("2024-03-11", "31");
        plan.Balance.ShouldBe(Usd(189m), "21 of 31 days: 210 less 21");
        _ = plan.Run(plan.Now("2024-03-16", "620"));
        plan.Ledger.State<Invoice, InvoiceEvent>(plan.State.Billed!.Invoices[^1].Stream).ShouldBeOfType<Invoice.Known>()
            .Open.ShouldBe(Usd(115m), "16 of 31 days: 320 less 16, less 189 of the balance");
        plan.Change("2024-03-17", "31").OfType<CreditNoteIssued>().Select(note => note.Total)
            .ShouldBe([Usd(115m), Usd(170m)], "15 of 31 days: 300 less 15");
        var back = plan.Run(new CreditSubscriptionPause(Breads, Bakery, null, Day("2024-03-22"))).OfType<CreditNoteIssued>();
        back.Sum(note => note.Total.Amount).ShouldBe(1000, "10 of 31 days of 31");
    }

    [Fact]
    public void What_was_to_change_at_the_end_of_the_period_changes_as_well()
    {
        var plan = Paid("10");
        _ = plan.Run(new ChangeSubscriptionPlan(Breads, plan.Items("100"), Frequency.Yearly, Day("2024-03-10")));
        plan.State.NextPeriod.ShouldBe(Days("2024-04-01", "2025-04-01"));
        Plan.Figures(plan.Run(plan.Now("2024-03-15", frequency: "yearly"))).ShouldBe("-5.48 100.00 = 94.52");
        plan.State.NextPeriod.ShouldBe(Days("2025-03-15", "2026-03-15"));
    }

    [Fact]
    public void Another_rhythm_begins_a_period_of_its_own_today()
    {
        var plan = Paid("249.95");
        _ = plan.Change("2024-03-12", "69.95", "weekly");
        plan.State.NextPeriod.ShouldBe(Days("2024-03-19", "2024-03-26"));
        plan.Balance.Amount.ShouldBeGreaterThan(0);
        plan.Bill("2024-03-19").Single().Period.ShouldBe(Days("2024-03-19", "2024-03-26"));
    }

    [Fact]
    public void Nothing_is_charged_beyond_the_day_on_which_it_ends()
    {
        var plan = Paid("31");
        _ = plan.Run(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2024-03-10")));
        Plan.Figures(plan.Change("2024-03-22", "3650", "yearly")).ShouldBe("-10.00 100.00 = 90.00");
        plan.Bill("2024-06-01").ShouldBeEmpty();
    }

    [Fact]
    public void With_nothing_charged_for_today_it_is_as_from_the_next_invoice_on()
    {
        var plan = new Plan("10", "monthly", "2024-03-01", trialEnds: "2024-03-15");
        plan.Run(plan.Now("2024-03-10", "20")).ShouldHaveSingleItem().ShouldBeOfType<SubscriptionItemsReplaced>();
        plan.Bill("2024-03-15").Single().Total.ShouldBe(Usd(20));
    }

    [Fact]
    public void Only_an_active_one_is_changed_at_once()
    {
        var plan = Paid("10");
        _ = plan.Run(new PauseSubscription(Breads, null, Day("2024-03-10")));
        plan.Ledger.Run(plan.Now("2024-03-15", "20")).Rejection.ShouldBe(SubscriptionRejections.NotActive);
        _ = plan.Run(new CancelSubscription(Breads, AtPeriodEnd: false, null, Day("2024-03-15")));
        plan.Ledger.Run(plan.Now("2024-03-15", "20")).Rejection.ShouldBe(SubscriptionRejections.Ended);
    }

    [Fact]
    public void It_needs_items_and_a_subscription()
    {
        Paid("10").Ledger.Run(new ChangeSubscriptionNow(Breads, Bakery, [], null, Day("2024-03-15"))).Rejection.ShouldBe(SubscriptionRejections.NoItems);
        JointScenario.Given().When(new ChangeSubscriptionNow(Breads, Bakery, [], null, Start)).ThenRejected(SubscriptionRejections.NotFound);
    }

    [Fact]
    public void With_tax_in_the_prices_the_document_adds_up()
    {
        var events = PaidShop().When(new ChangeSubscriptionNow(
            Breads, Bakery, [new(Number(11), Rye, null, 3, null, null)], null, Day("2025-11-16"))).Events;
        var issued = events.OfType<InvoiceIssued>().Single();
        issued.Lines.Select(line => line.Amount).ShouldBe([Isk(-7500), Isk(11250)]);
        (issued.Net, issued.Tax, issued.Total).ShouldBe((Isk(3024), Isk(726), Isk(3750)));
    }

    private static Plan Paid(string prices)
    {
        var plan = new Plan(prices, "monthly", "2024-03-01");
        _ = plan.Bill("2024-03-01");
        return plan;
    }
}

public class ChangeSubscriptionPlanTests
{
    [Fact]
    public void Items_and_rhythm_change_with_the_next_invoice()
    {
        var plan = new Plan("10", "monthly", "2024-03-01");
        _ = plan.Bill("2024-03-01");
        plan.Run(new ChangeSubscriptionPlan(Breads, plan.Items("100"), Frequency.Yearly, Day("2024-03-10"))).Select(one => one.GetType())
            .ShouldBe([typeof(SubscriptionFrequencyChanged), typeof(SubscriptionItemsReplaced)]);
        var issued = plan.Bill("2024-04-01").Single();
        (issued.Period, issued.Total).ShouldBe((Days("2024-04-01", "2025-04-01"), Usd(100)));
    }

    [Fact]
    public void The_same_plan_changes_nothing()
    {
        var plan = new Plan("10", "monthly", "2024-03-01");
        plan.Run(new ChangeSubscriptionPlan(Breads, plan.Items("10"), Frequency.Monthly, Day("2024-03-10"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_pending_one_becomes_active()
    {
        var shop = Pending().And(JonsWallet, Added(Visa), VisaIsDefault);
        shop.When(new ChangeSubscriptionPlan(Breads, [new(Number(11), Rye, null, 3, null, null)], Frequency.Weekly, Start))
            .ThenKinds(typeof(SubscriptionFrequencyChanged), typeof(SubscriptionItemsReplaced), typeof(SubscriptionActivated));
        shop.Breadly().NextPeriod.ShouldBe(Days("2025-11-01", "2025-11-08"));
    }

    [Fact]
    public void It_is_refused_as_its_parts_are()
    {
        var wish = new ChangeSubscriptionPlan(Breads, [], Frequency.Weekly, Start);
        PaidShop().When(wish).ThenRejected(SubscriptionRejections.NoItems);
        PaidShop().After(new CancelSubscription(Breads, false, null, Start)).When(wish).ThenRejected(SubscriptionRejections.Ended);
        JointScenario.Given().When(wish).ThenRejected(SubscriptionRejections.NotFound);
        JointScenario.Given().When(wish with { Items = null, Frequency = null }).ThenRejected(SubscriptionRejections.NotFound);
    }
}

public class CreditSubscriptionPauseTests
{
    private static readonly CreditSubscriptionPause Wish = new(Breads, Bakery, "vacation", Day("2025-11-16"));

    [Fact]
    public void The_days_that_are_left_go_to_the_balance()
    {
        var events = PaidShop().When(Wish).ThenKinds(
            typeof(CreditNoteIssued), typeof(InvoiceCredited), typeof(CustomerBalanceCredited), typeof(SubscriptionPaused)).Events;
        var note = events.OfType<CreditNoteIssued>().Single();
        (note.Total, note.Lines.Single().Period).ShouldBe((Isk(7500), Days("2025-11-16", "2025-12-01")));
        events.OfType<SubscriptionPaused>().Single().ShouldBe(new SubscriptionPaused(Breads, Day("2025-11-16"), "vacation", Day("2025-11-16")));
    }

    [Fact]
    public void Within_the_period_the_days_from_the_return_on_are_billed_and_the_billing_day_stays()
    {
        var shop = PaidShop().After(Wish).After(new ResumeSubscription(Breads, Day("2025-11-21")));
        shop.Breadly().NextPeriod.ShouldBe(Days("2025-11-21", "2025-12-01"));
        var events = shop.When(Bill("2025-11-21")).Events;
        events.OfType<InvoiceIssued>().Single().Total.ShouldBe(Isk(5000));
        shop.Breadly().NextPeriod.ShouldBe(Days("2025-12-01", "2026-01-01"));
        events.OfType<PaymentInitiated>().ShouldBeEmpty("the balance pays");
    }

    [Fact]
    public void Paused_on_its_first_day_and_resumed_it_is_billed_anew()
    {
        var shop = PaidShop().After(Wish with { Today = Start }).After(new ResumeSubscription(Breads, Start));
        shop.When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single().Id.ShouldNotBe(InvoiceOf("2025-11-01"));
    }

    [Fact]
    public void With_nothing_charged_it_is_a_pause() => Shop().When(Wish).ThenKinds(typeof(SubscriptionPaused));

    [Fact]
    public void Again_changes_nothing() => PaidShop().After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void Only_an_active_one_can_be_paused()
    {
        LateShop().When(Wish).ThenRejected(SubscriptionRejections.NotActive);
        JointScenario.Given().When(Wish).ThenRejected(SubscriptionRejections.NotFound);
    }

    [Fact]
    public void A_charge_that_fails_after_all_was_credited_is_not_chased()
    {
        var shop = Shop().After(Bill("2025-11-01")).After(Wish with { Today = Start });
        shop.When(Decline("2025-11-01", "2025-11-01")).ThenKinds(typeof(PaymentFailed));
        shop.After(new ResumeSubscription(Breads, Day("2025-11-21"))).When(Bill("2025-11-21")).Events.OfType<InvoiceIssued>().ShouldNotBeEmpty();
    }
}

public class CancelAndRefundSubscriptionTests
{
    private static readonly CancelAndRefundSubscription Wish = new(Breads, Bakery, "moving", "somebody", IsApproved: true, Day("2025-11-16"));

    [Fact]
    public void What_was_paid_for_the_days_that_are_left_is_refunded_at_once()
    {
        var events = PaidShop().When(Wish).ThenKinds(
            typeof(RefundRequested), typeof(PaymentRefundReserved), typeof(RefundApproved), typeof(SubscriptionCancelled)).Events;
        var asked = events.OfType<RefundRequested>().Single();
        (asked.Amount, asked.Period, asked.RequestedBy).ShouldBe((Isk(7500), Days("2025-11-16", "2025-12-01"), "somebody"));
    }

    [Fact]
    public void Its_credit_note_carries_the_days()
    {
        var shop = PaidShop();
        var id = shop.When(Wish).Events.OfType<RefundRequested>().Single().Id;
        var note = shop.When(new RecordRefund(id, new RefundResult("re"), Day("2025-11-17"))).Events.OfType<CreditNoteIssued>().Single();
        (note.Total, note.Lines.Single().Period).ShouldBe((Isk(7500), Days("2025-11-16", "2025-12-01")));
    }

    [Fact]
    public void Of_one_who_may_not_approve_it_waits() => PaidShop().When(Wish with { IsApproved = false })
        .ThenKinds(typeof(RefundRequested), typeof(SubscriptionCancelled));

    [Fact]
    public void What_the_balance_paid_goes_back_to_it()
    {
        var shop = Shop().After(new AdjustCustomerBalance(Jon, Number(900), BalanceOperation.Credit, Isk(15000), null, Start)).After(Bill("2025-11-01"));
        shop.When(Wish).ThenKinds(typeof(CreditNoteIssued), typeof(InvoiceCredited), typeof(CustomerBalanceCredited), typeof(SubscriptionCancelled))
            .Events.OfType<CustomerBalanceCredited>().Single().Amount.ShouldBe(Isk(7500));
    }

    [Fact]
    public void What_was_paid_both_ways_goes_back_both_ways()
    {
        var shop = Shop().After(new AdjustCustomerBalance(Jon, Number(900), BalanceOperation.Credit, Isk(10000), null, Start))
            .After(Bill("2025-11-01")).After(Capture("2025-11-01", "2025-11-01"));
        var events = shop.When(Wish).Events;
        events.OfType<RefundRequested>().Single().Amount.ShouldBe(Isk(5000));
        events.OfType<CustomerBalanceCredited>().Single().Amount.ShouldBe(Isk(2500));
    }

    [Fact]
    public void What_is_not_paid_is_not_owed_any_more() => LateShop().When(Wish)
        .ThenKinds(typeof(CreditNoteIssued), typeof(InvoiceCredited), typeof(SubscriptionCancelled))
        .Events.OfType<InvoiceCredited>().Single().Reduces.ShouldBe(Isk(7500));

    [Fact]
    public void What_was_refunded_before_is_not_refunded_twice()
    {
        var shop = PaidShop().After(new RequestRefund(RefundId.From(Number(901)), PaymentOf("2025-11-01"), Isk(10000), null, "b", true, Day("2025-11-10")));
        shop.When(Wish).Events.OfType<RefundRequested>().Single().Amount.ShouldBe(Isk(5000));
    }

    [Fact]
    public void Again_changes_nothing() => PaidShop().After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void An_expired_one_and_one_that_is_not_there_are_refused()
    {
        LateShop().After(Chase("2025-11-21")).When(Wish with { Today = Day("2025-11-21") }).ThenRejected(SubscriptionRejections.Ended);
        JointScenario.Given().When(Wish).ThenRejected(SubscriptionRejections.NotFound);
    }
}

public class CancelOnADayTests
{
    [Fact]
    public void Service_and_billing_end_on_that_day()
    {
        var shop = PaidShop().After(new CancelSubscription(Breads, false, null, Day("2025-11-10"), Day("2025-12-16")));
        var issued = shop.When(Bill("2025-12-01")).Events.OfType<InvoiceIssued>().Single();
        (issued.Period, issued.Total).ShouldBe((Days("2025-12-01", "2025-12-16"), Isk(7258)));
        shop.When(Bill("2025-12-16")).Then(new SubscriptionCancelled(Breads, Day("2025-12-16")));
    }

    [Fact]
    public void Taken_back_after_that_the_rest_of_the_period_is_billed()
    {
        var shop = PaidShop().After(new CancelSubscription(Breads, false, null, Day("2025-11-10"), Day("2025-12-16")))
            .After(Bill("2025-12-01")).After(Capture("2025-12-01", "2025-12-01")).After(new ReactivateSubscription(Breads, Day("2025-12-10")));
        var issued = shop.When(Bill("2025-12-16")).Events.OfType<InvoiceIssued>().Single();
        (issued.Period, issued.Total).ShouldBe((Days("2025-12-16", "2026-01-01"), Isk(7742)));
    }

    [Fact]
    public void Today_is_at_once_and_a_day_that_has_passed_is_refused()
    {
        PaidShop().When(new CancelSubscription(Breads, false, null, Day("2025-11-10"), Day("2025-11-10"))).ThenKinds(typeof(SubscriptionCancelled));
        PaidShop().When(new CancelSubscription(Breads, false, null, Day("2025-11-10"), Day("2025-11-09"))).ThenRejected(SubscriptionRejections.DateInPast);
    }

    [Fact]
    public void In_a_trial_the_end_of_the_period_is_that_of_the_trial()
    {
        var plan = new Plan("10", "monthly", "2024-03-01", trialEnds: "2024-03-15");
        plan.Run(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2024-03-05"))).Single().ShouldBe(new SubscriptionCancelScheduled(Breads, Day("2024-03-15")));
        plan.Bill("2024-03-15").ShouldBeEmpty();
        plan.State.Status.ShouldBe(SubscriptionStatus.Cancelled);
    }
}

public class ReactivateSubscriptionTests
{
    [Fact]
    public void A_cancellation_to_come_is_taken_back_and_again_changes_nothing()
    {
        var shop = PaidShop();
        for (var twice = 0; twice < 2; twice++)
        {
            _ = shop.After(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2025-11-10")));
            shop.When(new ReactivateSubscription(Breads, Day("2025-11-11"))).Then(new SubscriptionReactivated(Breads, Day("2025-11-11"), null, IsDue: false));
            shop.When(new ReactivateSubscription(Breads, Day("2025-11-11"))).ThenNothing();
        }

        shop.Breadly().EndsOn.ShouldBeNull();
        shop.When(Bill("2025-12-01")).Events.OfType<InvoiceIssued>().Single().Total.ShouldBe(Isk(15000));
    }

    [Fact]
    public void Within_paid_days_it_goes_on() => Cancelled("2025-11-10").When(new ReactivateSubscription(Breads, Day("2025-11-20")))
        .Then(new SubscriptionReactivated(Breads, Day("2025-11-20"), null, IsDue: false)).Next.Breadly().NextPeriod.ShouldBe(Days("2025-12-01", "2026-01-01"));

    [Fact]
    public void On_the_day_they_run_out_the_next_period_is_due() => Cancelled("2025-11-10").When(new ReactivateSubscription(Breads, Day("2025-12-01")))
        .Then(new SubscriptionReactivated(Breads, Day("2025-12-01"), null, IsDue: true));

    [Fact]
    public void After_them_a_new_period_begins_today() => Cancelled("2025-11-10").When(new ReactivateSubscription(Breads, Day("2026-02-14")))
        .Then(new SubscriptionReactivated(Breads, Day("2026-02-14"), Day("2026-02-14"), IsDue: true)).Next.Breadly().NextPeriod.ShouldBe(Days("2026-02-14", "2026-03-14"));

    [Fact]
    public void Days_that_were_refunded_are_billed_anew()
    {
        var shop = PaidShop().After(new CancelAndRefundSubscription(Breads, Bakery, null, "a", true, Start)).After(new ReactivateSubscription(Breads, Start));
        shop.When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single().Total.ShouldBe(Isk(15000));
    }

    [Fact]
    public void While_its_invoice_is_unpaid_it_is_refused()
    {
        LateShop().After(new CancelSubscription(Breads, false, null, Day("2025-11-02"))).When(new ReactivateSubscription(Breads, Day("2025-11-03")))
            .ThenRejected(SubscriptionRejections.Unpaid);
        Shop().After(Bill("2025-11-01")).After(new CancelSubscription(Breads, false, null, Day("2025-11-02")))
            .When(new ReactivateSubscription(Breads, Day("2025-11-03"))).ThenRejected(PaymentRejections.Pending);
    }

    [Fact]
    public void Once_that_is_void_a_new_period_begins()
    {
        var shop = LateShop().After(new CancelSubscription(Breads, false, null, Day("2025-11-02"))).After(new VoidInvoice(InvoiceOf("2025-11-01"), null, Day("2025-11-02")));
        shop.When(new ReactivateSubscription(Breads, Start)).Then(new SubscriptionReactivated(Breads, Start, Start, IsDue: true));
        shop.When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single().Period.ShouldBe(Days("2025-11-01", "2025-12-01"));
    }

    [Fact]
    public void One_that_never_ran_waits_again_or_begins_if_it_can()
    {
        var waiting = Pending().After(new CancelSubscription(Breads, false, null, Start));
        waiting.When(new ReactivateSubscription(Breads, Day("2025-11-05"))).ThenKinds(typeof(SubscriptionReactivated)).Next.Breadly().Status.ShouldBe(SubscriptionStatus.Pending);
        Pending().And(JonsWallet, Added(Visa), VisaIsDefault).After(new CancelSubscription(Breads, false, null, Start))
            .When(new ReactivateSubscription(Breads, Day("2025-11-05"))).ThenKinds(typeof(SubscriptionReactivated), typeof(SubscriptionActivated))
            .Next.Breadly().NextPeriod.ShouldBe(Days("2025-11-05", "2025-12-05"));
    }

    [Fact]
    public void An_expired_one_and_those_that_are_not_there_are_refused()
    {
        var wish = new ReactivateSubscription(Breads, Day("2025-11-21"));
        LateShop().After(Chase("2025-11-21")).When(wish).ThenRejected(SubscriptionRejections.Ended);
        JointScenario.Given().When(wish).ThenRejected(SubscriptionRejections.NotFound);
        Cancelled("2025-11-10").And(Jon.Stream, new CustomerDeleted(Jon)).When(wish).ThenRejected(CustomerRejections.NotFound);
    }

    [Fact]
    public void One_that_runs_stays_as_it_is() => PaidShop().When(new ReactivateSubscription(Breads, Start)).ThenNothing();

    private static JointScenario Cancelled(string on) => PaidShop().After(new CancelSubscription(Breads, false, null, Day(on)));
}

public class ChangePreviewTests
{
    [Fact]
    public async Task It_shows_the_document_what_is_due_and_what_comes_next()
    {
        var plan = new Plan("10", "monthly", "2024-03-01");
        _ = plan.Bill("2024-03-01");
        var before = plan.Ledger.Log.Count;
        var tenant = (Tenant.Known)plan.Ledger.State<Tenant, TenantEvent>(Bakery.Stream);
        var preview = await ChangePreview.Of(plan.Now("2024-03-15", "20"), Breads, tenant, plan.Ledger);
        (preview.Due, preview.FromBalance, preview.Upcoming!.Draft.Total).ShouldBe((Usd(5.49m), Usd(0), Usd(20)));
        plan.Ledger.Log.Count.ShouldBe(before);
    }

    [Fact]
    public async Task It_is_refused_as_the_change_is() =>
        (await ChangePreview.Of(new ReactivateSubscription(Breads, Start), Breads, null!, JointScenario.Given().Ledger)).Rejection.ShouldBe(SubscriptionRejections.NotFound);
}
