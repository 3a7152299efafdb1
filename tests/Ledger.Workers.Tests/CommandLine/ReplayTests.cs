using System.Text;
using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.EventStore.Database;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections;
using Ledger.Projections.Invoices;
using Ledger.Projections.Reports;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Workers.Tests.CommandLine;

public class ReplayTests
{
    /// <summary>Invoices whose last day is another: what a changed view shows.</summary>
    private sealed class LaterInvoices : View<InvoiceRow>
    {
        private static readonly InvoiceView Before = new();

        public override string Name => Before.Name;

        public override int Version => Before.Version + 1;

        public override string Columns => Before.Columns;

        public override IReadOnlyList<string> Indexes => Before.Indexes;

        public override IEnumerable<Guid> Touched(StoredEvent happened) => Before.Touched(happened);

        public override InvoiceRow? After(InvoiceRow? row, Guid id, StoredEvent happened) =>
            Before.After(row, id, happened) is { } after ? after with { DueOn = row?.DueOn ?? after.DueOn.PlusDays(14) } : null;
    }

    [Fact]
    public async Task A_changed_view_is_built_compared_switched_to_and_left_under_load_without_a_read_that_fails_or_is_stale()
    {
        await using var ledger = await TestLedger.Start(new LaterInvoices());
        _ = await ledger.ImportSample(60);
        using var stop = new CancellationTokenSource();
        var (reads, first) = (0, new InvoiceView().Version);
        var reading = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await ReadsWhatWasWritten(ledger);
                _ = Interlocked.Increment(ref reads);
            }
        })).ToArray();
        var billing = Task.Run(async () =>
        {
            for (var month = 2; !stop.IsCancellationRequested && month <= 12; month++) await MoveTo(ledger, new(2026, month, 2));
        });

        for (var round = 0; round < 3; round++)
        {
            await Table(ledger, first + 1);
            var compared = await CompareCommand.Compare(ledger.Open, "invoices", null, CancellationToken.None);
            compared.Tables.Different.ShouldBe(compared.Tables.ServedRows);
            (await SwitchCommand.Switch(ledger.Open, "invoices", back: false, CancellationToken.None)).ShouldContain($"version {first + 1}");
            await More();
            (await SwitchCommand.Switch(ledger.Open, "invoices", back: true, CancellationToken.None)).ShouldContain($"version {first}");
            await More();
        }

        await stop.CancelAsync();
        await Task.WhenAll([.. reading, billing]);
        await ledger.Open.CatchUp(CancellationToken.None);
        (await ledger.Get<ViewTables>().Active(CancellationToken.None))["invoices"].Version.ShouldBe(first);

        async Task More()
        {
            var seen = Volatile.Read(ref reads);
            while (Volatile.Read(ref reads) < seen + 10 && !reading.Any(one => one.IsCompleted)) await Task.Delay(10);
        }
    }

    [Fact]
    public async Task Differences_are_told_by_column_and_customer_and_all_of_them_as_csv()
    {
        await using var ledger = await TestLedger.Start(new LaterInvoices());
        _ = await ledger.ImportSample(5);
        await MoveTo(ledger, new(2026, 2, 2));
        await Table(ledger, new LaterInvoices().Version);
        var csv = new MemoryStream();
        var report = await CompareCommand.Compare(ledger.Open, "invoices", csv, CancellationToken.None);
        report.Columns.Keys.ShouldBe(["due_on"]);
        var invoices = (int)report.Tables.ServedRows;
        invoices.ShouldBeGreaterThan(2);
        (report.Of(RowKind.Differs), report.Customers.Count).ShouldBe((invoices, invoices));
        var lines = Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("tenant_id,customer_id,id,kind,column,served,candidate");
        lines.Length.ShouldBe(invoices + 1);
        lines[1].ShouldContain(",differs,due_on,");
    }

    [Fact]
    public async Task A_view_and_a_report_are_told_as_they_were_at_a_position_and_at_an_instant()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(5);
        await MoveTo(ledger, new(2026, 2, 2));
        await ledger.Open.CatchUp(CancellationToken.None);
        var (before, then) = (await Head(ledger), SystemClock.Instance.GetCurrentInstant());
        var (report, invoices) = (await Report(ledger, "documents", before), await Csv(ledger, "invoices", before));
        await MoveTo(ledger, new(2026, 3, 2));

        (await ReplayCommand.PositionOf(ledger.Open, $"{before}", CancellationToken.None)).ShouldBe(before);
        (await ReplayCommand.PositionOf(ledger.Open, InstantPattern.ExtendedIso.Format(then), CancellationToken.None)).ShouldBe(before);
        (await Report(ledger, "documents", before)).ShouldBe(report);
        (await Report(ledger, "documents", null)).ShouldNotBe(report);
        (await Csv(ledger, "invoices", before)).ShouldBe(invoices);
        var rows = invoices.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        rows.ShouldBeGreaterThan(2);
        (await Csv(ledger, "invoices", null)).Length.ShouldBeGreaterThan(invoices.Length);
        (await Replays.Table(ledger.Open, new InvoiceView(), before, new Progress<Done>(), CancellationToken.None)).ShouldContain($"views.invoices_v{new InvoiceView().Version}_until_{before} has invoices as of position {before}, with {rows} rows");
    }

    [Fact]
    public async Task What_there_is_none_of_is_said_with_what_there_is()
    {
        await using var ledger = await TestLedger.Start(new LaterInvoices());
        var (views, active) = (ledger.Get<IReadOnlyList<View>>(), await ledger.Get<ViewTables>().Active(CancellationToken.None));
        Should.Throw<WrongArgumentsException>(() => AskedView.Of(views, "invoice")).Message.ShouldStartWith("There is no view \"invoice\". There are account_totals,");
        Should.Throw<WrongArgumentsException>(() => AskedView.Of(views, "invoices", "v9", active)).Message.ShouldBe($"This program has no code \"v9\" of invoices. It has v{new InvoiceView().Version}, v{new LaterInvoices().Version}.");
        AskedView.Of(views, "invoices", $"v{new LaterInvoices().Version}", active).ShouldBeOfType<LaterInvoices>();
        (await Should.ThrowAsync<WrongArgumentsException>(ReplayCommand.PositionOf(ledger.Open, "999999999", CancellationToken.None))).Message.ShouldStartWith("The log ends at position ");
        (await Should.ThrowAsync<WrongArgumentsException>(ReplayCommand.PositionOf(ledger.Open, "yesterday", CancellationToken.None))).Message.ShouldContain("not \"yesterday\"");
        (await Should.ThrowAsync<RefusedException>(SwitchCommand.Switch(ledger.Open, "invoices", back: false, CancellationToken.None))).Message.ShouldContain("`ledger replay invoices --into table`");
        (await Should.ThrowAsync<RefusedException>(SwitchCommand.Switch(ledger.Open, "invoices", back: true, CancellationToken.None))).Message.ShouldContain("no earlier table");
    }

    /// <summary>A page of what the log has by now, waited for as a request waits.</summary>
    private static async Task ReadsWhatWasWritten(TestLedger ledger)
    {
        var (database, head) = (ledger.Get<LedgerDatabase>(), await Head(ledger));
        (await ledger.Get<ViewProgress>().WaitFor(head, TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
        var issued = (await database.QueryAsTenant(ledger.TenantName,
            "select count(*) from ledger.event_index where tenant_id = $1 and type = 'invoice_issued' and position <= $2", [ledger.TenantName, head], row => row.GetInt64(0), CancellationToken.None))[0];
        var page = await ledger.Get<Listing>().Read<InvoiceRow>(ledger.TenantName, "invoices", new(1000, null, 0, WithTotal: true), [], row => row.CreatedPosition, CancellationToken.None);
        page.Total!.Value.ShouldBeGreaterThanOrEqualTo(issued);
    }

    private static async Task Table(TestLedger ledger, int version)
    {
        var view = ledger.Get<IReadOnlyList<View>>().Of("invoices", version)!;
        (await Replays.Table(ledger.Open, view, null, new Progress<Done>(), CancellationToken.None)).ShouldContain($"views.invoices_v{version}_");
    }

    private static async Task<string> Csv(TestLedger ledger, string view, long? until)
    {
        var csv = new MemoryStream();
        await Replays.Csv(ledger.Open, ledger.Get<IReadOnlyList<View>>().Usual(view)!, until, ledger.TenantName, csv, new Progress<Done>(), CancellationToken.None);
        return Encoding.UTF8.GetString(csv.ToArray());
    }

    private static async Task<string> Report(TestLedger ledger, string name, long? until)
    {
        var csv = new MemoryStream();
        await Replays.Report(ledger.Open, AllReports.All.Single(one => one.Name == name), ledger.TenantName, until, new(2026, 1, 1), new(2026, 12, 31), csv, CancellationToken.None);
        return Encoding.UTF8.GetString(csv.ToArray());
    }

    private static Task<long> Head(TestLedger ledger) => ledger.Get<EventFeed>().Head(CancellationToken.None);

    private static async Task MoveTo(TestLedger ledger, LocalDate day)
    {
        var (id, rejection) = await ledger.Get<ClockAdvanceStart>().Request(
            ledger.Tenant, day.AtMidnight().InZoneLeniently(TestLedger.NewYork).ToInstant(), await ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        _ = await ClockCommand.Completed(ledger.Open, ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(120));
    }
}
