using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.Application.Billing;
using Ledger.Application.Importing;
using Ledger.Cli;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Time;
using Ledger.EventStore;
using Ledger.EventStore.Database;
using Ledger.EventStore.Verification;
using Ledger.Projections;
using Ledger.Projections.Invoices;
using Ledger.Projections.Payments;
using Ledger.Projections.Reports;
using Ledger.Projections.Subscriptions;
using NodaTime;

namespace Ledger.Workers.Tests.Guides;

/// <summary>The story of docs/guides/getting-started.md comes to the figures that the guide prints, one block after the other.</summary>
public sealed partial class GettingStartedTests : IAsyncLifetime
{
    private const int Rows = 200;

    private readonly Queue<string> printed = new(Block().Matches(File.ReadAllText(Guide())).Select(match => match.Groups[1].Value));
    private TestLedger ledger = null!;

    public async Task InitializeAsync() => ledger = await TestLedger.Start();

    public async Task DisposeAsync() => await ledger.DisposeAsync();

    [Fact]
    public async Task The_story_gives_the_figures_that_the_guide_prints()
    {
        printed.Dequeue().ShouldBe(string.Concat(SampleSubscribers.Lines(Rows, seed: 1).Take(3).Select(line => line + "\n")));
        JsonNode.DeepEquals(JsonNode.Parse(printed.Dequeue()), JsonNode.Parse(SampleSubscribers.Mapping(new(2026, 1, 31)))).ShouldBeTrue();

        var tally = await ledger.ImportSample(Rows);
        var imported = Figures();
        imported["customers"].ShouldBe($"{tally.Total.Customers} ({tally.Change.Customers} new)");
        imported["subscriptions, running"].ShouldBe(Text(tally.Total.Running));
        imported["subscriptions, ended"].ShouldBe(Text(tally.Total.Ended));
        imported["MRR USD"].ShouldBe(new Money(tally.Total.Mrr["USD"], TestLedger.Usd).ToDecimalString());

        await BillTo(new(2026, 1, 31));
        await MrrIs();
        await TotalIs("subscriptions", "past_due");
        await MoveTo(new(2026, 2, 4));
        await TotalIs("invoices", "overdue");
        await BringNewCard();
        await BillTo(new(2026, 2, 4));
        await MoveTo(new(2026, 2, 20));
        await TotalIs("subscriptions", "error");
        await MoveTo(new(2026, 2, 21));
        await TotalIs("subscriptions", "expired");
        await MrrIs();
        await BillTo(new(2026, 2, 28));
        (await new LogVerifier(ledger.Get<LedgerDatabase>()).Verify(null, null, CancellationToken.None)).IsIntact.ShouldBeTrue();
        printed.ShouldBeEmpty();
    }

    private async Task BillTo(LocalDate day)
    {
        var (id, rejection) = await ledger.Get<BillingRunStart>().Request(ledger.Tenant, day, await ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        var run = await BillCommand.Completed(ledger.Open, ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        var billed = Figures();
        (billed["invoices"], billed["charges"], billed["captured"], billed["failed"])
            .ShouldBe((Text(run.Invoices), Text(run.Charges), Text(run.Captured), Text(run.Failed)));
        billed.GetValueOrDefault("captured USD").ShouldBe(run.CapturedTotals is [var total] ? total.ToDecimalString() : null);
    }

    private async Task MoveTo(LocalDate day)
    {
        var to = BusinessTime.StartOf(day, TestLedger.NewYork);
        var (id, rejection) = await ledger.Get<ClockAdvanceStart>().Request(ledger.Tenant, to, await ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        _ = await ClockCommand.Completed(ledger.Open, ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task BringNewCard()
    {
        var customer = new CustomerId(Decisions.DerivedId.Of(ledger.TenantName, "customer", "S-0001-000001"));
        var (commands, card) = (ledger.Get<CommandHandler>(), new PaymentMethodId(Guid.CreateVersion7()));
        var added = new AddPaymentMethod(card, customer, "sandbox", "sbx_visa_4242_1230", "visa", "4242", 12, 2030, Fingerprint: null);
        (await commands.Handle(added, await ledger.Context(), CancellationToken.None)).Rejection.ShouldBeNull();
        (await commands.Handle(new SetDefaultPaymentMethod(card, customer), await ledger.Context(), CancellationToken.None)).Rejection.ShouldBeNull();
        
        // It is charged by a message that the change of the default has sent.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await Total<PaymentRow>("payments", row => row.CreatedPosition, ("customer_id = {0}", customer.Value), ("status = {0}", "captured")) != 1)
            await Task.Delay(20, patience.Token);
    }

    private async Task MrrIs()
    {
        await ledger.Open.CatchUp(CancellationToken.None);
        var line = (await ledger.Get<MrrReport>().Read(ledger.TenantName, ReportTime.Latest, CancellationToken.None)).ShouldHaveSingleItem();
        var shown = JsonNode.Parse(printed.Dequeue())!;
        shown["currencies"]![0]!["mrr"]!["amount"]!.GetValue<long>().ShouldBe(line.Mrr.Amount);
        shown["currencies"]![0]!["subscriptions"]!.GetValue<long>().ShouldBe(line.Subscriptions);
        shown["as_of"]!.GetValue<string>().ShouldBe((await ledger.Context()).At.ToString());
    }

    private async Task TotalIs(string view, string status)
    {
        (string, object?)[] filters = [("status = {0}", status)];
        var total = view == "invoices" ? await Total<InvoiceRow>(view, row => row.CreatedPosition, filters) : await Total<SubscriptionRow>(view, row => row.CreatedPosition, filters);
        printed.Dequeue().ShouldBe($"\"total\":{total}}}}}\n", $"{status} {view}");
    }

    private async Task<long?> Total<TRow>(string view, Func<TRow, long> position, params (string, object?)[] filters)
        where TRow : class
    {
        await ledger.Open.CatchUp(CancellationToken.None);
        return (await ledger.Get<Listing>().Read(ledger.TenantName, view, new(1, null, 0, WithTotal: true), filters, position, CancellationToken.None)).Total;
    }

    /// <summary>The next block, a table as the command line prints it.</summary>
    private Dictionary<string, string> Figures() => printed.Dequeue().Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('│', StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[1], cells => cells[2]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Guide([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/guides/getting-started.md"));

    [GeneratedRegex("^```(?:csv|json|text)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
