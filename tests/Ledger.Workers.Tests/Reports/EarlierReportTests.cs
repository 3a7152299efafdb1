using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Time;
using Ledger.EventStore;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections;
using Ledger.Projections.Accounting;
using Ledger.Projections.Figures;
using Ledger.Projections.Invoices;
using Ledger.Projections.Reports;
using Ledger.Projections.Subscriptions;
using Ledger.Workers.Tests.Accounting;
using NodaTime;

namespace Ledger.Workers.Tests.Reports;

/// <summary>Every report as of any moment, as known at any position, is what it would be if the log had ended there.</summary>
public sealed class EarlierReportTests(ThreeMonths months) : IClassFixture<ThreeMonths>, IAsyncLifetime
{
    private static readonly string[] Measures =
        [.. typeof(Measure).GetFields().Select(field => (string)field.GetRawConstantValue()!).Except([Measure.ByCustomer, Measure.ByOthers])];

    private readonly TestLedger ledger = months.Ledger;
    private readonly Random random = new(20260401);
    private List<StoredEvent> log = [];

    /// <summary>Besides what billing did: pauses, returns, ends, changes, and a correction that is dated back.</summary>
    public async Task InitializeAsync()
    {
        log = await Log();
        if (!log.Any(one => one.Event is SubscriptionPaused))
        {
            var running = log.Select(one => one.Event).OfType<SubscriptionActivated>().Select(one => one.Id)
                .Except(log.Select(one => one.Event).OfType<SubscriptionPastDue>().Select(one => one.Id)).Take(12).ToList();
            for (var i = 0; i < running.Count; i++) await Live(running[i], i);
            var customer = log.Select(one => one.Event).OfType<CustomerCreated>().First().Id;
            var back = (await ledger.Context()) with { At = BusinessTime.StartOf(new(2026, 2, 10), TestLedger.NewYork) };
            await Do(new AdjustCustomerBalance(customer, Guid.CreateVersion7(), BalanceOperation.Credit, new Money(1234, TestLedger.Usd), "Forgotten in February", new(2026, 2, 10)), back);
            await ledger.Open.CatchUp(CancellationToken.None);
            log = await Log();
        }
    }

    private async Task<List<StoredEvent>> Log()
    {
        var (feed, all) = (ledger.Get<EventFeed>(), new List<StoredEvent>());
        await foreach (var part in feed.Between(0, await feed.Head(CancellationToken.None), CancellationToken.None)) all.AddRange(part);
        return [.. all.Where(one => one.Tenant == ledger.TenantName)];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Sums_are_what_a_rebuild_that_stopped_there_counts()
    {
        for (var i = 0; i < 60; i++)
        {
            var (from, until, position) = (i % 3 == 0 ? AnyInstant() : (Instant?)null, i % 4 == 0 ? (Instant?)null : AnyInstant(), i % 5 == 0 ? long.MaxValue : AnyPosition());
            var sums = await ledger.Get<FigureSums>().Of(ledger.TenantName, Measures, new(from, until, position), (Bucket)(i % 3), null, CancellationToken.None);
            sums.ShouldBe(Counted(from, until, position, (Bucket)(i % 3)), ignoreOrder: true, $"{from} to {until} at {position}");
        }
    }

    [Fact]
    public async Task Recurring_revenue_is_what_the_subscriptions_of_that_moment_come_to()
    {
        for (var i = 0; i < 25; i++)
        {
            var time = AnyTime();
            var running = Folded<Subscription, SubscriptionEvent>("subscription", time).OfType<Subscription.Known>()
                .Where(one => one.Status is SubscriptionStatus.Active or SubscriptionStatus.PastDue or SubscriptionStatus.Error).ToList();
            var lines = await ledger.Get<MrrReport>().Read(ledger.TenantName, time, CancellationToken.None);
            lines.Sum(line => line.Subscriptions).ShouldBe(running.Count);
            lines.Sum(line => line.Mrr.Amount).ShouldBe(running.Sum(one => one.Frequency.MonthlyValue(Money.Sum(one.Currency, one.Items.Select(item => item.Total))).Amount), $"{time}");
        }
    }

    [Fact]
    public async Task Movements_add_up_from_month_to_month_and_to_what_there_is()
    {
        var period = new ReportPeriod(new(2025, 12, 1), ThreeMonths.Today, TestLedger.NewYork, ReportTime.Latest, Instant.MaxValue);
        var moved = await ledger.Get<MrrReport>().Movements(ledger.TenantName, period, CancellationToken.None);
        moved.Count.ShouldBe(5);
        foreach (var month in moved) (month.Opening + month.New + month.Expansion + month.Contraction + month.Churn + month.Reactivation).ShouldBe(month.Closing);
        foreach (var (before, after) in moved.Zip(moved.Skip(1))) after.Opening.ShouldBe(before.Closing);
        moved[^1].Closing.ShouldBe((await ledger.Get<MrrReport>().Read(ledger.TenantName, ReportTime.Latest, CancellationToken.None)).Single().Mrr);
        moved.ShouldContain(month => month.Churn.Amount < 0);
        moved.ShouldContain(month => month.Reactivation.Amount > 0);
    }

    [Fact]
    public async Task What_is_open_by_age_is_what_the_invoices_and_the_journal_say()
    {
        for (var i = 0; i < 25; i++)
        {
            var time = AnyTime();
            var day = BusinessTime.DateOf(time.AsOf!.Value, TestLedger.NewYork);
            var open = Folded<Invoice, InvoiceEvent>("invoice", time).OfType<Invoice.Known>().Where(one => one.IsOpen).ToList();
            var lines = await ledger.Get<InvoiceReports>().Aging(ledger.TenantName, day, time, CancellationToken.None);
            AgingLine Aged(string late) => lines.SingleOrDefault(line => line.DaysLate == late) ?? new(late, 0, Money.Zero(TestLedger.Usd));
            Aged("total").ShouldBe(new("total", open.Count, Money.Sum(TestLedger.Usd, open.Select(one => one.Open))));
            Aged("not_due").Amount.Amount.ShouldBe(open.Where(one => one.DueOn >= day).Sum(one => one.Open.Amount));
            Aged("1-30").Invoices.ShouldBe(open.Count(one => one.DueOn < day && one.DueOn >= day.PlusDays(-30)));
            Aged("total").Amount.Amount.ShouldBe(
                (await ledger.Get<TrialBalance>().On(ledger.TenantName, day, time.AsOf, time.Position, CancellationToken.None))
                .Where(line => line.Account == Domain.Accounting.Account.Receivable).Sum(line => line.Balance), $"{time}");
        }
    }

    [Fact]
    public async Task Tax_and_churn_and_success_agree_with_the_log()
    {
        var period = new ReportPeriod(new(2026, 2, 1), new(2026, 2, 28), TestLedger.NewYork, ReportTime.Latest, Instant.MaxValue);
        var (start, end) = (BusinessTime.StartOf(new(2026, 2, 1), TestLedger.NewYork), BusinessTime.StartOf(new(2026, 3, 1), TestLedger.NewYork));
        var february = log.Where(one => one.Headers.EffectiveAt >= start && one.Headers.EffectiveAt < end).Select(one => one.Event).ToList();

        (await ledger.Get<InvoiceReports>().Tax(ledger.TenantName, period, CancellationToken.None)).Sum(line => line.Tax.Amount)
            .ShouldBe(february.OfType<InvoiceIssued>().Sum(one => one.Tax.Amount));
        var churn = await ledger.Get<ChurnReport>().Read(ledger.TenantName, period, CancellationToken.None);
        churn.Expired.ShouldBe(february.OfType<SubscriptionExpired>().Count());
        churn.Expired.ShouldBeGreaterThan(0);
        churn.Rate.ShouldBe(Percent.Of(churn.Expired + churn.Cancelled, churn.ActiveAtStart));
        churn.CustomersLeft.ShouldBe(churn.Expired + churn.Cancelled, "Each customer of the sample has one subscription.");

        var success = await ledger.Get<PaymentReports>().Success(ledger.TenantName, period, CancellationToken.None);
        var begun = log.Select(one => one.Event).OfType<Domain.Payments.PaymentInitiated>().Where(one => one.On >= period.From && one.On <= period.To).Select(one => one.Id).ToHashSet();
        success.Captured.ShouldBe(log.Select(one => one.Event).OfType<Domain.Payments.PaymentCaptured>().Count(one => begun.Contains(one.Id)));
        (success.Captured + success.Failed).ShouldBe(begun.Count);
    }

    [Fact]
    public async Task A_list_of_that_moment_has_the_rows_of_that_moment()
    {
        var listing = ledger.Get<Listing>();
        for (var i = 0; i < 10; i++)
        {
            var time = AnyTime();
            var rows = await listing.Read<SubscriptionRow>(
                ledger.TenantName, "subscriptions", new(200, null, 0, false), [("status = {0}", "past_due")], row => row.CreatedPosition, time, CancellationToken.None);
            rows.Rows.Select(row => row.Id).ShouldBe(
                Folded<Subscription, SubscriptionEvent>("subscription", time).OfType<Subscription.Known>().Where(one => one.Status is SubscriptionStatus.PastDue).Select(one => one.Id.Value),
                ignoreOrder: true, $"{time}");

            var invoices = new List<InvoiceRow>();
            for (long? after = null; ;)
            {
                var page = await listing.Read<InvoiceRow>(ledger.TenantName, "invoices", new(70, after, 0, false), [], row => row.CreatedPosition, time, CancellationToken.None);
                invoices.AddRange(page.Rows);
                if (page.NextCursor is null) break;
                after = long.Parse(page.NextCursor, System.Globalization.CultureInfo.InvariantCulture);
            }

            var known = Folded<Invoice, InvoiceEvent>("invoice", time).OfType<Invoice.Known>().ToList();
            invoices.Select(row => (row.Id, row.Settled)).ShouldBe(known.Select(one => (one.Id.Value, one.Settled.Amount)), ignoreOrder: true, $"{time}");
        }
    }

    [Fact]
    public async Task A_correction_that_is_dated_back_is_there_once_it_was_known()
    {
        var correction = log.Single(one => one.Event is CustomerBalanceAdjusted);
        var noon = BusinessTime.InstantOf(new(2026, 2, 15), LocalTime.Noon, TestLedger.NewYork);
        async Task<long> Balances(long position) =>
            (await ledger.Get<TrialBalance>().On(ledger.TenantName, new(2026, 2, 15), noon, position, CancellationToken.None))
            .Where(line => line.Account == Domain.Accounting.Account.CustomerBalances).Sum(line => line.Balance);
        (await Balances(correction.Position - 1)).ShouldBe(0);
        (await Balances(correction.Position)).ShouldBe(-1234);
    }

    private async Task Live(SubscriptionId subscription, int i)
    {
        var context = await ledger.Context();
        var today = ThreeMonths.Today;
        if (i % 3 == 0) await Do(new PauseSubscription(subscription, "Away", today), context);
        if (i % 6 == 0) await Do(new ResumeSubscription(subscription, today), context);
        if (i % 3 == 1) await Do(new CancelSubscription(subscription, AtPeriodEnd: false, "Enough", today), context);
    }

    private async Task Do(dynamic command, CommandContext context) => _ = await ledger.Get<CommandHandler>().Handle(command, context, CancellationToken.None);

    private ReportTime AnyTime() => new(AnyInstant(), random.Next(3) == 0 ? AnyPosition() : long.MaxValue);

    /// <summary>At an event, just before or after one, or between any.</summary>
    private Instant AnyInstant() => log[random.Next(log.Count)].Headers.EffectiveAt + Duration.FromTicks(random.Next(-1, 2) * 10L) + Duration.FromHours(random.Next(3) == 0 ? random.Next(100) : 0);

    private long AnyPosition() => log[random.Next(log.Count)].Position;

    private List<TState> Folded<TState, TEvent>(string category, ReportTime time) where TState : Decisions.IState<TState, TEvent> where TEvent : Decisions.IEvent =>
    [
        .. log.Where(one => one.Stream.Category == category && one.Position <= time.Position && !(one.Headers.EffectiveAt > time.AsOf))
            .GroupBy(one => one.Stream.Id).Select(stream => stream.Select(one => (TEvent)one.Event).Aggregate(TState.Initial, TState.Evolve)),
    ];

    private List<FigureSum> Counted(Instant? from, Instant? until, long position, Bucket bucket)
    {
        var (view, states, sums) = (new LedgerFigures(), new Known(), new Dictionary<(string, string, string, LocalDate?), (long Count, long Amount)>());
        foreach (var happened in log.Where(one => one.Position <= position && !(one.Headers.EffectiveAt >= until)))
        {
            foreach (var figure in view.Count(happened, states).Where(_ => !(happened.Headers.EffectiveAt < from)))
            {
                LocalDate? day = bucket is Bucket.All ? null : view.DayOf(happened, states);
                if (bucket is Bucket.Month) day = new LocalDate(day!.Value.Year, day.Value.Month, 1);
                var key = (figure.Measure, figure.Dimension, figure.Commodity, day);
                var (count, amount) = sums.GetValueOrDefault(key);
                sums[key] = (count + figure.Count, amount + figure.Amount);
            }
        }

        return [.. sums.Where(one => one.Value != (0, 0)).Select(one => new FigureSum(one.Key.Item1, one.Key.Item2, one.Key.Item3, one.Key.Item4, one.Value.Count, one.Value.Amount))];
    }

    private sealed class Known : IFigureStates<KnownThing>
    {
        private readonly Dictionary<Guid, KnownThing> things = [];

        public KnownThing? this[Guid id]
        {
            get => things.GetValueOrDefault(id);
            set { if (value is null) _ = things.Remove(id); else things[id] = value; }
        }
    }
}
