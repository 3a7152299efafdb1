using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;
using static Ledger.Testing.Scenario<Ledger.Domain.Subscriptions.Subscription, Ledger.Domain.Subscriptions.SubscriptionEvent>;

namespace Ledger.Domain.Tests.Subscriptions;

/// <summary>What had happened to the subscription, by the state it led to.</summary>
internal static class Histories
{
    public static readonly SubscriptionBilled Billed =
        new(Breads, Days("2025-11-01", "2025-12-01"), InvoiceOf("2025-11-01"), PaymentOf("2025-11-01"));

    public static readonly SubscriptionEvent[] Waiting = [Created, WithItems];
    public static readonly SubscriptionEvent[] Active = [.. Waiting, Activated];
    public static readonly SubscriptionEvent[] Paid = [.. Active, Billed];
    public static readonly SubscriptionEvent[] Held = [.. Paid, new SubscriptionPaused(Breads, Day("2025-11-10"))];

    public static readonly SubscriptionEvent[] Late =
        [.. Paid, new SubscriptionPastDue(Breads, Billed.InvoiceId, Billed.PaymentId, Start, 20, Day("2025-11-21"))];

    public static readonly SubscriptionEvent[] Errored = [.. Late, new SubscriptionErrored(Breads, Day("2025-11-20"))];
    public static readonly SubscriptionEvent[] Expired = [.. Late, new SubscriptionExpired(Breads, Day("2025-11-21"))];
    public static readonly SubscriptionEvent[] Cancelled = [.. Paid, new SubscriptionCancelled(Breads, Day("2025-11-10"))];
}

public class PauseSubscriptionTests
{
    private static readonly PauseSubscription Wish = new(Breads, "Going on vacation", Day("2025-11-10"));

    [Fact]
    public void Billing_stops() => Given(Histories.Paid).When(Wish).Then(new SubscriptionPaused(Breads, Day("2025-11-10"), "Going on vacation"));

    [Fact]
    public void Again_changes_nothing() => Given(Histories.Held).When(Wish).ThenNothing();

    [Fact]
    public void Only_an_active_one_can_be_paused()
    {
        foreach (var history in (SubscriptionEvent[][])[Histories.Waiting, Histories.Late, Histories.Errored, Histories.Expired, Histories.Cancelled])
            Given(history).When(Wish).ThenRejected(SubscriptionRejections.NotActive);
    }

    [Fact]
    public void A_subscription_nobody_created_is_refused() => Given().When(Wish).ThenRejected(SubscriptionRejections.NotFound);
}

public class ResumeSubscriptionTests
{
    [Fact]
    public void Within_the_invoiced_period_nothing_is_due_and_the_billing_day_stays() => Given(Histories.Held)
        .When(new ResumeSubscription(Breads, Day("2025-11-20"))).Then(new SubscriptionResumed(Breads, Day("2025-11-20"), null, IsDue: false))
        .State.ShouldBeOfType<Subscription.Known>().NextPeriod.ShouldBe(Days("2025-12-01", "2026-01-01"));

    [Fact]
    public void On_the_day_it_runs_out_the_next_one_is_due() => Given(Histories.Held)
        .When(new ResumeSubscription(Breads, Day("2025-12-01"))).Then(new SubscriptionResumed(Breads, Day("2025-12-01"), null, IsDue: true))
        .State.ShouldBeOfType<Subscription.Known>().NextPeriod.ShouldBe(Days("2025-12-01", "2026-01-01"));

    [Fact]
    public void After_it_a_new_period_begins_and_the_days_on_hold_are_free() => Given(Histories.Held)
        .When(new ResumeSubscription(Breads, Day("2026-01-17"))).Then(new SubscriptionResumed(Breads, Day("2026-01-17"), Day("2026-01-17"), IsDue: true))
        .State.ShouldBeOfType<Subscription.Known>().NextPeriod.ShouldBe(Days("2026-01-17", "2026-02-17"));

    [Fact]
    public void A_start_to_come_is_still_to_come() => Given([.. Histories.Active, new SubscriptionPaused(Breads, Day("2025-10-20"))])
        .When(new ResumeSubscription(Breads, Day("2025-10-25"))).Then(new SubscriptionResumed(Breads, Day("2025-10-25"), null, IsDue: false))
        .State.ShouldBeOfType<Subscription.Known>().NextPeriod.ShouldBe(Days("2025-11-01", "2025-12-01"));

    [Fact]
    public void What_was_paused_before_its_first_bill_begins_today() => Given([.. Histories.Active, new SubscriptionPaused(Breads, Start)])
        .When(new ResumeSubscription(Breads, Day("2025-11-05"))).Then(new SubscriptionResumed(Breads, Day("2025-11-05"), Day("2025-11-05"), IsDue: true));

    [Fact]
    public void An_active_one_stays_as_it_is() => Given(Histories.Paid).When(new ResumeSubscription(Breads, Day("2025-11-20"))).ThenNothing();

    [Fact]
    public void Only_one_on_hold_can_be_resumed()
    {
        foreach (var history in (SubscriptionEvent[][])[Histories.Waiting, Histories.Late, Histories.Errored, Histories.Expired, Histories.Cancelled])
            Given(history).When(new ResumeSubscription(Breads, Day("2025-11-20"))).ThenRejected(SubscriptionRejections.NotOnHold);
    }

    [Fact]
    public void A_subscription_nobody_created_is_refused() =>
        Given().When(new ResumeSubscription(Breads, Start)).ThenRejected(SubscriptionRejections.NotFound);
}

public class CancelSubscriptionTests
{
    private static readonly LocalDate Today = Day("2025-11-10");
    private static readonly CancelSubscription AtOnce = new(Breads, AtPeriodEnd: false, "moving abroad", Today);
    private static readonly CancelSubscription AtPeriodEnd = AtOnce with { AtPeriodEnd = true };
    private static readonly SubscriptionCancelScheduled Scheduled = new(Breads, Day("2025-12-01"), "moving abroad");

    [Fact]
    public void At_once_ends_it_today()
    {
        foreach (var history in (SubscriptionEvent[][])[Histories.Waiting, Histories.Active, Histories.Paid, Histories.Held, Histories.Late, Histories.Errored])
            Given(history).When(AtOnce).Then(new SubscriptionCancelled(Breads, Today, "moving abroad"));
    }

    [Fact]
    public void At_period_end_service_runs_to_the_end_of_what_is_invoiced()
    {
        foreach (var history in (SubscriptionEvent[][])[Histories.Paid, Histories.Held, Histories.Late, Histories.Errored])
            Given(history).When(AtPeriodEnd).Then(Scheduled);
    }

    [Fact]
    public void With_nothing_invoiced_at_period_end_is_at_once() =>
        Given(Histories.Active).When(AtPeriodEnd).Then(new SubscriptionCancelled(Breads, Today, "moving abroad"));

    [Fact]
    public void With_the_period_run_out_at_period_end_is_at_once() => Given(Histories.Held)
        .When(AtPeriodEnd with { Today = Day("2025-12-01") }).Then(new SubscriptionCancelled(Breads, Day("2025-12-01"), "moving abroad"));

    [Fact]
    public void Scheduling_it_again_changes_nothing() => Given([.. Histories.Paid, Scheduled]).When(AtPeriodEnd).ThenNothing();

    [Fact]
    public void One_that_is_to_end_may_end_at_once() => Given([.. Histories.Paid, Scheduled])
        .When(AtOnce).Then(new SubscriptionCancelled(Breads, Today, "moving abroad"));

    [Fact]
    public void Again_changes_nothing()
    {
        Given(Histories.Cancelled).When(AtOnce).ThenNothing();
        Given(Histories.Cancelled).When(AtPeriodEnd).ThenNothing();
    }

    [Fact]
    public void An_expired_one_is_refused() => Given(Histories.Expired).When(AtOnce).ThenRejected(SubscriptionRejections.Ended);

    [Fact]
    public void A_pause_and_a_return_do_not_undo_it() =>
        Given([.. Histories.Paid, Scheduled, new SubscriptionPaused(Breads, Today), new SubscriptionResumed(Breads, Today, null, IsDue: false)])
            .When(new EndSubscription(Breads, Day("2025-12-01"))).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));

    [Fact]
    public void A_subscription_nobody_created_is_refused() => Given().When(AtOnce).ThenRejected(SubscriptionRejections.NotFound);
}

public class EndSubscriptionTests
{
    private static readonly SubscriptionEvent[] Ending = [.. Histories.Paid, new SubscriptionCancelScheduled(Breads, Day("2025-12-01"))];

    [Fact]
    public void It_ends_on_its_day_even_when_that_is_past()
    {
        Given(Ending).When(new EndSubscription(Breads, Day("2025-12-01"))).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));
        Given(Ending).When(new EndSubscription(Breads, Day("2025-12-09"))).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));
    }

    [Fact]
    public void Before_its_day_and_after_it_nothing_happens()
    {
        Given(Ending).When(new EndSubscription(Breads, Day("2025-11-30"))).ThenNothing();
        Given([.. Ending, new SubscriptionCancelled(Breads, Day("2025-12-01"))]).When(new EndSubscription(Breads, Day("2025-12-02"))).ThenNothing();
    }

    [Fact]
    public void One_that_is_not_to_end_goes_on() => Given(Histories.Paid).When(new EndSubscription(Breads, Day("2026-12-01"))).ThenNothing();

    [Fact]
    public void A_subscription_nobody_created_is_refused() =>
        Given().When(new EndSubscription(Breads, Start)).ThenRejected(SubscriptionRejections.NotFound);
}

public class ChangeSubscriptionFrequencyTests
{
    private static readonly ChangeSubscriptionFrequency Weekly = new(Breads, Frequency.Weekly);

    [Fact]
    public void It_is_billed_in_the_new_rhythm_from_the_end_of_what_is_invoiced() => Given(Histories.Paid)
        .When(Weekly).Then(new SubscriptionFrequencyChanged(Breads, Frequency.Weekly, Day("2025-12-01")))
        .State.ShouldBeOfType<Subscription.Known>().NextPeriod.ShouldBe(Days("2025-12-01", "2025-12-08"));

    [Fact]
    public void With_nothing_invoiced_from_the_start() => Given(Histories.Active)
        .When(Weekly).Then(new SubscriptionFrequencyChanged(Breads, Frequency.Weekly, Start))
        .State.ShouldBeOfType<Subscription.Known>().NextPeriod.ShouldBe(Days("2025-11-01", "2025-11-08"));

    [Fact]
    public void A_pending_one_has_no_anchor_before_it_is_active() => Given(Histories.Waiting)
        .When(Weekly).Then(new SubscriptionFrequencyChanged(Breads, Frequency.Weekly, Start))
        .State.ShouldBeOfType<Subscription.Known>().Anchor.ShouldBeNull();

    [Fact]
    public void Days_on_hold_stay_free() => Given([.. Histories.Held, new SubscriptionResumed(Breads, Day("2026-01-17"), Day("2026-01-17"), IsDue: true)])
        .When(Weekly).Then(new SubscriptionFrequencyChanged(Breads, Frequency.Weekly, Day("2026-01-17")));

    [Fact]
    public void Changing_back_keeps_the_day_on_which_it_begins() =>
        Given([.. Histories.Paid, new SubscriptionFrequencyChanged(Breads, Frequency.Weekly, Day("2025-12-01"))])
            .When(new ChangeSubscriptionFrequency(Breads, Frequency.Monthly))
            .Then(new SubscriptionFrequencyChanged(Breads, Frequency.Monthly, Day("2025-12-01")));

    [Fact]
    public void The_same_frequency_changes_nothing() =>
        Given(Histories.Paid).When(new ChangeSubscriptionFrequency(Breads, Frequency.Monthly)).ThenNothing();

    [Fact]
    public void Once_ended_it_is_refused()
    {
        Given(Histories.Cancelled).When(Weekly).ThenRejected(SubscriptionRejections.Ended);
        Given(Histories.Expired).When(Weekly).ThenRejected(SubscriptionRejections.Ended);
    }

    [Fact]
    public void A_subscription_nobody_created_is_refused() => Given().When(Weekly).ThenRejected(SubscriptionRejections.NotFound);
}

public class UpcomingInvoiceTests
{
    private static readonly Tenant.Known Tenant = (Tenant.Known)Domain.Tenancy.Tenant.Evolve(Domain.Tenancy.Tenant.Initial, BakeryCreated);

    [Fact]
    public void After_the_first_charge_it_is_the_next_period()
    {
        var upcoming = Of(Histories.Paid).ShouldNotBeNull();
        upcoming.On.ShouldBe(Day("2025-12-01"));
        upcoming.Period.ShouldBe(Days("2025-12-01", "2026-01-01"));
        upcoming.Draft.Total.Amount.ShouldBe(15000);
        var line = upcoming.Draft.Lines.ShouldHaveSingleItem();
        (line.Quantity, line.UnitPrice.Amount).ShouldBe((2, 7500));
    }

    [Fact]
    public void It_is_the_very_invoice_that_comes()
    {
        var shop = PaidShop();
        var upcoming = UpcomingInvoice.Of(shop.Breadly(), shop.Breadly().Items, Tenant).ShouldNotBeNull();
        var issued = shop.When(Bill("2025-12-01")).Events.OfType<InvoiceIssued>().Single();
        (issued.IssuedOn, issued.Period, issued.Total).ShouldBe((upcoming.On, upcoming.Period, upcoming.Draft.Total));
    }

    [Fact]
    public void Before_the_first_charge_it_is_the_first_period() => Of(Histories.Active)!.On.ShouldBe(Start);

    [Fact]
    public void A_pending_one_would_begin_on_its_start() => Of(Histories.Waiting)!.Period.ShouldBe(Days("2025-11-01", "2025-12-01"));

    [Fact]
    public void While_the_last_invoice_is_chased_it_is_still_the_next_period() => Of(Histories.Late)!.On.ShouldBe(Day("2025-12-01"));

    [Fact]
    public void There_is_none_when_none_will_come()
    {
        Of(Created).ShouldBeNull();
        Of(Histories.Held).ShouldBeNull();
        Of(Histories.Cancelled).ShouldBeNull();
        Of(Histories.Expired).ShouldBeNull();
        Of([.. Histories.Paid, new SubscriptionCancelScheduled(Breads, Day("2025-12-01"))]).ShouldBeNull();
    }

    private static UpcomingInvoice? Of(params SubscriptionEvent[] history)
    {
        var known = (Subscription.Known)history.Aggregate(Subscription.Initial, Subscription.Evolve);
        return UpcomingInvoice.Of(known, known.Items, Tenant);
    }
}
