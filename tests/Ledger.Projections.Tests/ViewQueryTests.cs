using Ledger.EventStore.Log;
using Ledger.Domain.Classes;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Database;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections.Classes;
using Ledger.Projections.Payments;
using Ledger.Projections.Reports;
using Ledger.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static Ledger.Projections.Tests.Shop;

namespace Ledger.Projections.Tests;

#pragma warning disable CA1001 // The test runner calls DisposeAsync.
public sealed class ViewQueryTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly Guid Run = Number(50);
    private readonly EventJson json = new(new EventTypes(typeof(Subscription).Assembly));
    private LedgerDatabase database = null!;
    private GroupCommit groupCommit = null!;
    private ProcessSignals signals = null!;
    private EventFeed feed = null!;

    public async Task InitializeAsync()
    {
        database = new(await TestCluster.NewDatabase(Prepare));
        (groupCommit, feed) = (new(database, LogOptions.Open(database, json.Types), json.Types), new(database, json));
        signals = new(database, groupCommit);
    }

    public async Task DisposeAsync()
    {
        await signals.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended_while_rows_are_added()
    {
        for (var n = 0; n < 5; n++) await Pay(n, "ISK", 100, captured: true);
        await CatchUp();
        var listing = new Listing(database);
        var first = await Page(listing, null);
        await Pay(5, "ISK", 100, captured: true);
        await CatchUp();
        var second = await Page(listing, first.NextCursor);
        var third = await Page(listing, second.NextCursor);

        PageOf<PaymentRow>[] pages = [first, second, third];
        pages.SelectMany(page => page.Rows).Select(row => row.Id).ShouldBe(Enumerable.Range(0, 5).Reverse().Select(n => Number(100 + n)));
        pages.Select(page => page.HasMore).ShouldBe([true, true, false]);
        pages.Select(page => page.Total).ShouldBe([5L, 6L, 6L]);
        third.NextCursor.ShouldBeNull();
        (await listing.Read<PaymentRow>("denmark", "payments", new(10, null, 0, false), [], row => row.CreatedPosition, CancellationToken.None)).Rows.ShouldBeEmpty();
        (await listing.Read<PaymentRow>(Tenant, "payments", new(2, null, 5, false), [("status = {0}", "captured")], row => row.CreatedPosition, CancellationToken.None)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Mrr_is_of_running_subscriptions_per_currency()
    {
        await Subscribe(1, Frequency.Monthly, "ISK", 1000, active: true);
        await Subscribe(2, Frequency.Yearly, "ISK", 12000, active: true);
        await Subscribe(3, Frequency.Monthly, "USD", 50, active: true);
        await Subscribe(4, Frequency.Monthly, "USD", 70, active: false);
        await CatchUp();
        (await new MrrReport(new(database)).Read(Tenant, ReportTime.Latest, CancellationToken.None)).ShouldBe(
            [new(Isk(2000), Isk(24_000), 2), new(new(50, Currency.Parse("USD")), new(600, Currency.Parse("USD")), 1)]);
        (await new MrrReport(new(database)).Read("denmark", ReportTime.Latest, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Usable_classes_are_those_of_valid_credits_and_the_first_to_expire_comes_first()
    {
        for (var n = 1; n < 7; n++) await Buy(n);
        await CatchUp();
        var usable = new UsableClasses(database);
        (await usable.Of(Tenant, Jon.Value, Now, CancellationToken.None)).ShouldBe((1 + 3 + 5, Number(402)));
        (await usable.Of(Tenant, Jon.Value, Now + Duration.FromDays(2), CancellationToken.None)).ShouldBe((3 + 5, Number(404)));   // Over at the instant.
        (await usable.Of(Tenant, Jon.Value, Now + Duration.FromDays(9), CancellationToken.None)).ShouldBe((0, null));
        (await usable.Of(Tenant, Number(3), Now, CancellationToken.None)).ShouldBe((0 + 2 + 4, Number(403)));
        (await usable.Of("denmark", Jon.Value, Now, CancellationToken.None)).ShouldBe((0, null));
    }

    [Fact]
    public async Task A_billing_run_is_counted_from_what_it_caused()
    {
        await Pay(1, "ISK", 100, captured: true);
        await Pay(2, "ISK", 20, captured: true);
        await Pay(3, "USD", 7, captured: true);
        await Pay(4, "ISK", 1000, captured: false);
        await Pay(5, "ISK", 5000, captured: true, cause: "somebody's request");
        await CatchUp();
        var figures = new BillingRunFigures(database);
        (await figures.Counts(Tenant, Run, CancellationToken.None)).ShouldBe((4, 3, 1));
        (await figures.Captured(Tenant, Run, CancellationToken.None)).ShouldBe([Isk(120), new(7, Currency.Parse("USD"))]);
        (await figures.Counts("denmark", Run, CancellationToken.None)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Every_view_built_anew_is_row_for_row_what_it_was()
    {
        for (var n = 1; n < 20; n++) await Pay(n, n % 3 == 0 ? "USD" : "ISK", n, captured: n % 4 > 0);
        for (var n = 1; n < 20; n++) await Subscribe(n, Frequency.Weekly, "ISK", n, active: n % 2 == 0);
        for (var n = 1; n < 20; n++) await Buy(n);
        await CatchUp();
        var live = await Rows();
        live.Count.ShouldBeGreaterThan(19 * 5, "and what is booked of it");
        await new ViewRebuild(database, feed, new(database)).Run(AllViews.Create(), null, CancellationToken.None);
        (await Rows()).ShouldBe(live);
    }

    private static Task<PageOf<PaymentRow>> Page(Listing listing, string? cursor) => listing.Read<PaymentRow>(
        Tenant, "payments", new(2, cursor is null ? null : long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture), 0, WithTotal: true), [], row => row.CreatedPosition, CancellationToken.None);

    /// <summary>An invoice, and a payment of it that was answered.</summary>
    private async Task Pay(int n, string currency, long amount, bool captured, string? cause = null)
    {
        var (invoice, payment) = (new InvoiceId(Number(200 + n)), new PaymentId(Number(100 + n)));
        var total = new Money(amount, Currency.Parse(currency));
        await Write(invoice.Stream, cause, Issued() with { Id = invoice, Total = total });
        PaymentEvent answer = captured ? new PaymentCaptured(payment, 1, "ch", Start) : new PaymentFailed(payment, 1, "card_declined", false, Start);
        await Write(payment.Stream, cause, Begun() with { Id = payment, InvoiceId = invoice, Amount = total }, answer);
    }

    private Task Subscribe(int n, Frequency frequency, string currency, long price, bool active)
    {
        var id = new SubscriptionId(Number(300 + n));
        var item = Items(0).Items[0] with { UnitPrice = new(price, Currency.Parse(currency)) };
        List<IEvent> events = [Created(frequency) with { Id = id, Currency = Currency.Parse(currency) }, new SubscriptionItemsReplaced(id, [item])];
        if (active) events.Add(new SubscriptionActivated(id, Start, false));
        return Write(id.Stream, null, [.. events]);
    }

    /// <summary>A class credit of which one class was used.</summary>
    private Task Buy(int n)
    {
        var (id, until) = (new ClassCreditId(Number(400 + n)), Now + Duration.FromDays(n));
        return Write(id.Stream, null,
            new ClassCreditIssued(id, n % 2 == 0 ? Jon : new(Number(3)), new(Number(42)), "Pass", NovembersPayment, $"pi_{n}", Isk(1000), n, Start, until),
            new ClassCreditUsed(id, new(Number(500 + n)), Isk(1000 / n), Start));
    }

    private async Task Write(StreamId stream, string? cause, params IEvent[] events)
    {
        var written = events.Select((one, i) => new NewEvent(Guid.CreateVersion7(), stream, i + 1, one)).ToList();
        var result = await groupCommit.Commit(new(Tenant)
        {
            Streams = [new(stream, 0, events.Length)], Events = written, Headers = new(1, Now, "test", "test"), CorrelationId = cause ?? Run.ToString(),
        });
        _ = result.ShouldBeOfType<CommitResult.Committed>();
    }

    private async Task CatchUp()
    {
        var runner = new ViewRunner(database, feed, new(database), signals, AllViews.Create(), NullLogger<ViewRunner>.Instance);
        while (await runner.Step("views", 1, CancellationToken.None) > 0) { }
        runner.Stopped.ShouldBeEmpty();
    }

    private async Task<List<string>> Rows()
    {
        var rows = new List<string>();
        foreach (var view in AllViews.Create())
            rows.AddRange(await database.QueryAsWorker($"select '{view.Name} ' || v::text from views.{view.Name} v order by 1", [], row => row.GetString(0), CancellationToken.None));
        return rows;
    }

    private static async Task Prepare(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, [typeof(LedgerDatabase).Assembly], CancellationToken.None);
        _ = await new ViewTables(database).Prepare(AllViews.Create(), CancellationToken.None);
        await using var lease = database.Source.CreateCommand("insert into ledger.leases values ('views', gen_random_uuid(), 1, 'infinity')");
        _ = await lease.ExecuteNonQueryAsync();
    }
}
