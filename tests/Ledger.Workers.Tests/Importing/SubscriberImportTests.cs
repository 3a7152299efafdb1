using System.Text.RegularExpressions;
using Ledger.Application.Customers;
using Ledger.Application.Importing;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Time;
using Ledger.EventStore;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;

namespace Ledger.Workers.Tests.Importing;

public partial class SubscriberImportTests
{
    private const int Rows = 60;

    /// <summary>Counted from the file itself, by other means than the import.</summary>
    private static readonly string[][] Cells = [.. SampleSubscribers.Lines(Rows, seed: 1).Skip(1).Select(line => line.Split(','))];
    private static readonly int Left = Cells.Count(cells => cells[4] == "left");
    private static readonly long Mrr = Cells.Where(cells => cells[4] == "active").Sum(cells => long.Parse(cells[2].Replace(".", "", StringComparison.Ordinal)));

    [Fact]
    public async Task Every_row_comes_in_and_the_views_agree()
    {
        await using var ledger = await TestLedger.Start();
        var tally = await ledger.ImportSample(Rows);
        tally.Refusals.ShouldBe(0);
        tally.Total.ShouldBe(Expected());
        tally.Change.ShouldBe(tally.Total);
        (await ledger.Viewed()).ShouldBe(tally.Total);
    }

    [Fact]
    public async Task Importing_twice_imports_once()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(Rows);
        var head = await ledger.Get<EventFeed>().Head(CancellationToken.None);
        await ledger.StartAgain();
        var again = await ledger.ImportSample(Rows);
        again.Total.ShouldBe(Expected());
        again.Change.ShouldBe(TenantFigures.Nothing);
        (await ledger.Get<EventFeed>().Head(CancellationToken.None)).ShouldBe(head);
    }

    [Fact]
    public async Task An_import_that_was_stopped_goes_on_where_it_was()
    {
        await using var ledger = await TestLedger.Start();
        await Should.ThrowAsync<OperationCanceledException>(() => ledger.ImportSample(2000, (tally, stop) =>
        {
            if (tally.Steps > 20) stop.Cancel();
        }));
        var stopped = await ledger.Viewed();
        stopped.Customers.ShouldBeInRange(20, 1999);
        stopped.Running.ShouldBe(0, "nothing runs before all of it is there");

        await ledger.StartAgain();
        var rest = await ledger.ImportSample(2000);
        rest.Total.Customers.ShouldBe(2000);
        (await ledger.Viewed()).ShouldBe(rest.Total);
        (stopped + rest.Change).ShouldBe(rest.Total);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task An_imported_row_leaves_the_events_that_the_commands_leave(string cancelled)
    {
        await using var imported = await TestLedger.Start();
        _ = await imported.Import(["id,name", "A-1,Anna Jensen"], $$"""
            {
              "external_id": { "column": "id" }, "customer": { "full_name": { "column": "name" } }, "payment_method": { "token": { "value": "sbx_visa_4242_1230" } },
              "subscription": {
                "start_date": { "value": "2026-01-31" }, "frequency": { "value": "monthly" }, "price": { "value": "29.85" }, "description": { "value": "Net" },
                "cancelled": { "value": "{{cancelled}}" }
              }
            }
            """);
        await using var byHand = await TestLedger.Start();
        await ByHand(byHand, cancelled == "true");
        (await Events(imported)).ShouldBe(await Events(byHand));
    }

    [Fact]
    public async Task Who_has_left_is_never_active_and_who_stays_begins_last()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(Rows);
        var events = (await ledger.Get<EventFeed>().AfterForTenant(ledger.TenantName, 0, null, 1000, CancellationToken.None)).ToList();
        var left = events.Where(one => one.Event is SubscriptionCancelled).Select(one => one.Stream).ToHashSet();
        left.Count.ShouldBe(Left);
        var begun = events.Where(one => one.Event is SubscriptionActivated).ToList();
        begun.Count.ShouldBe(Rows - Left);
        begun.ShouldAllBe(one => !left.Contains(one.Stream));
        begun.Min(one => one.Position).ShouldBeGreaterThan(events.Where(one => one.Event is SubscriptionCreated).Max(one => one.Position));
    }

    [Fact]
    public async Task While_a_row_is_refused_nobody_begins()
    {
        await using var ledger = await TestLedger.Start();
        const string Mapping = """
            {
              "external_id": { "column": "id" }, "customer": { "email": { "column": "mail" } }, "payment_method": { "token": { "value": "sbx_visa_4242_1230" } },
              "subscription": {
                "start_date": { "value": "2026-01-31" }, "frequency": { "value": "monthly" }, "price": { "value": "29.85" }, "description": { "value": "Net" }
              }
            }
            """;
        (await ledger.Import(["id,mail", "A,ann@b\u00fccher.example"], Mapping)).Refusals.ShouldBe(0);
        var tally = await ledger.Import(["id,mail", "B,ann@xn--bcher-kva.example", "C,bo@example.org"], Mapping);
        tally.Refused.ShouldHaveSingleItem().Rejection.Code.ShouldBe("email_taken");
        (await ledger.Viewed()).Running.ShouldBe(1);
        (await ledger.Import(["id,mail", "B,bea@example.org", "C,bo@example.org"], Mapping)).Refusals.ShouldBe(0);
        (await ledger.Viewed()).Running.ShouldBe(3);
    }

    private static async Task ByHand(TestLedger ledger, bool cancelled)
    {
        var (commands, context, none) = (ledger.Get<CommandHandler>(), await ledger.Context(), CancellationToken.None);
        var (customer, subscription) = (new CustomerId(Guid.CreateVersion7()), new SubscriptionId(Guid.CreateVersion7()));
        var person = await ledger.Get<CustomerSealing>().New(ledger.TenantName, customer, new(FullName: "Anna Jensen"), none);
        _ = await commands.Handle(new CreateCustomer(
            customer, CustomerHandles.Of(customer), "A-1", person.HasName, person.Details, person.EmailToken, false, null), person.In(context), none);
        var item = new WantedItem(Guid.CreateVersion7(), null, "Net", 1, new Money(2985, TestLedger.Usd), null);
        _ = await commands.Handle(new ImportSubscription(
            subscription, customer, new(new(2026, 1, 31), null, Frequency.Monthly, TestLedger.Usd, item), cancelled, new(2026, 1, 30)), context, none);
        _ = await commands.Handle(new AddPaymentMethod(
            new(Guid.CreateVersion7()), customer, "sandbox", "sbx_visa_4242_1230", "visa", "4242", 12, 2030, null), context, none);
        if (!cancelled) _ = await commands.Handle(new ActivateSubscription(subscription, new(2026, 1, 30)), context, none);
    }

    /// <summary>What is in the log but for the tenant itself; ids, handles and what is sealed are each as good as another.</summary>
    private static async Task<IReadOnlyList<string>> Events(TestLedger ledger)
    {
        var json = ledger.Get<EventJson>();
        var all = await ledger.Get<EventFeed>().AfterForTenant(ledger.TenantName, 0, null, 100, CancellationToken.None);
        return [.. all.Where(one => one.Stream.Category != "tenant").Select(one => Changing().Replace($"{one.Type} {json.Write(one.Event).Json}", "*"))];
    }

    private static TenantFigures Expected() =>
        TenantFigures.Of(new Money(Mrr, TestLedger.Usd)) with { Customers = Rows, Running = Rows - Left, Ended = Left };

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|C-[0-9A-Z]{12}|(?<=\"sealed\":\")[^\"]+")]
    private static partial Regex Changing();
}
