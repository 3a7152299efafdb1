using System.CommandLine;
using System.Diagnostics;
using Ledger.Application.Billing;
using Ledger.Application.Importing;
using Ledger.Domain.Amounts;
using Ledger.Gateways.Payments;
using Ledger.Projections;
using Ledger.Projections.Reports;

namespace Ledger.Cli;

/// <summary><c>ledger import</c>: takes in a file of subscribers, and holds what came in against the views.</summary>
internal static class ImportCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<FileInfo> Mapping = new Option<FileInfo>("--mapping", "-m")
    {
        Description = "A JSON file that says which column is what.", Required = true, HelpName = "file",
    }.AcceptExistingOnly();

    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file") { Description = "A CSV file in UTF-8, with a header." }.AcceptExistingOnly();
    private static readonly Option<bool> CheckOnly = new("--check") { Description = "Look at the mapping and at every row, and write nothing." };

    private static readonly Option<bool> BillPast = new("--bill-past") { Description = "Bill the days before today that the file does not say were paid for." };
    private static readonly Option<bool> WithoutRefused = new("--without-refused") { Description = "Let the others begin though rows were refused." };

    public static Command Create() => new LedgerCommand(
        "import", "Take in subscribers from a CSV file: customers, payment methods, subscriptions. A bad row is refused before anything is written. An import that was stopped goes on when it is started again; what is there already stays as it is. Nothing is billed before every row is in.",
        "ledger sample --rows 100 --out subscribers.csv",
        "ledger import --tenant Telco --mapping subscribers.mapping.json subscribers.csv") { Tenant, Mapping, CheckOnly, BillPast, WithoutRefused, File }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        var (file, mapping) = (asked.GetRequiredValue(File), asked.GetRequiredValue(Mapping));
        await using var ledger = await OpenLedger.Open(asked.GetValue(CheckOnly) ? Beside.Views : Beside.AllWork, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "import", ct);
        var took = Stopwatch.StartNew();
        var source = new ImportSource(file.FullName, await System.IO.File.ReadAllTextAsync(mapping.FullName, ct), tenant.Currency, ledger.Get<IPaymentProvider>());
        var today = tenant.DateOf(context.At);
        var (rows, faults, due) = await source.Check(today, row => IsBilledHere(ledger, context.Tenant, row, ct), ct);
        if (faults.Count > 0)
        {
            foreach (var fault in faults) await Console.Error.WriteLineAsync(fault.ToString());
            throw new RefusedException($"Nothing was imported: {(faults.Count < ImportSource.FaultsMax ? $"{faults.Count}" : $"{faults.Count} or more")} rows of {file.Name} are not fit for it. Put them, or the mapping, right.");
        }

        Screen.Line($"{rows:N0} rows are fit to import.");
        if (due.Subscribers > 0)
            Screen.Line($"{due.Subscribers:N0} of them are billed at once: {due.Invoices:N0} invoices, {due.Total.Currency} {due.Total.ToDecimalString()}.");
        if (due.Late > 0 && !asked.GetValue(BillPast))
        {
            throw new RefusedException($"Nothing was imported: {due.Late:N0} rows have days before today, {today:uuuu-MM-dd}, that would be billed at once. "
                + "Say by subscription.paid_until which day is the first that was not paid for elsewhere, or give --bill-past.");
        }

        if (!asked.GetValue(CheckOnly)) await Write(ledger, tenant, source, rows, asked.GetValue(WithoutRefused), context, took, ct);
    }

    /// <summary>Only what waits to begin is billed for its past; what began here earlier goes on as it was.</summary>
    private static async ValueTask<bool> IsBilledHere(OpenLedger ledger, string tenant, SubscriberRow row, CancellationToken ct) =>
        await ledger.Get<StateReader>().Of<Subscription, SubscriptionEvent>(tenant, SubscriberImport.IdOf(tenant, row.ExternalId).Stream, ct)
            is Subscription.Known { Status: not SubscriptionStatus.Pending };

    private static async Task Write(
        OpenLedger ledger, Tenant.Known tenant, ImportSource source, long rows, bool withoutRefused, CommandContext context, Stopwatch took, CancellationToken ct)
    {
        var import = Guid.CreateVersion7();
        await ledger.CatchUp(ct);
        var from = await ledger.Get<EventFeed>().Head(ct);
        var before = await Viewed(ledger, context.Tenant, ct);
        var tally = new ImportTally();
        var hasBegun = false;
        await Screen.Progress("Importing", progress => Watched(
            async () => hasBegun = await ledger.Get<SubscriberImport>().Run(
                tenant, source, context with { CorrelationId = import.ToString() }, tally, ct, withoutRefused), tally, rows, progress));
        var seconds = took.Elapsed.TotalSeconds;
        await Settled(ledger, context.Tenant, import, ct);

        // What others did to the tenant meanwhile is in the views, too: then there is nothing to compare.
        var isAlone = !await HasOthers(ledger, context.Tenant, from, import, ct);
        var isAsViewed = before + tally.Change == await Viewed(ledger, context.Tenant, ct);
        Screen.Figures(
        [
            ("customers", $"{tally.Total.Customers:N0} ({tally.Change.Customers:N0} new)"), ("subscriptions, running", $"{tally.Total.Running:N0}"),
            ("subscriptions, ended", $"{tally.Total.Ended:N0}"),
            .. tally.Total.Mrr.Select(one => ($"MRR {one.Key}", new Money(one.Value, Currency.Parse(one.Key)).ToDecimalString())),
            ("seconds", $"{seconds:F1}"), ("views agree", isAsViewed ? "yes" : isAlone ? "no" : "not compared, for the tenant was changed from elsewhere meanwhile"),
        ]);
        foreach (var row in tally.Refused) await Console.Error.WriteLineAsync($"row {row.Number}: {row.ExternalId}: {row.Rejection.Title} ({row.Rejection.Code})");
        if (!hasBegun)
        {
            throw new RefusedException($"{tally.Refusals:N0} rows were refused. The others are in, and wait: nothing is billed. "
                + "Put the rows right and import again, or give --without-refused.");
        }

        if (tally.Refusals > 0) throw new RefusedException($"{tally.Refusals:N0} rows were refused; the others are in.");
        if (!isAsViewed && isAlone) throw new RefusedException("The views differ from what was imported. `ledger rebuild --all` builds them anew.");
    }

    /// <summary>Whether the tenant has events after a position that do not follow from this import.</summary>
    private static async Task<bool> HasOthers(OpenLedger ledger, string tenant, long after, Guid import, CancellationToken ct) =>
        (await ledger.Get<LedgerDatabase>().QueryAsTenant(tenant, """
            select exists (select from public.mt_events where tenant_id = $1 and seq_id > $2 and correlation_id is distinct from $3)
            """, [tenant, after, import.ToString()], row => row.GetBoolean(0), ct)) is [true];

    private static Task<TenantFigures> Viewed(OpenLedger ledger, string tenant, CancellationToken ct) =>
        TenantFigures.Read(ledger.Get<Listing>(), ledger.Get<MrrReport>(), tenant, ct);

    private static async Task Watched(Func<Task> work, ImportTally tally, long rows, IProgress<Done> progress)
    {
        var import = work();
        while (await Task.WhenAny(import, Task.Delay(100)) != import) progress.Report(new(tally.Steps / 2, rows));
        await import;
    }

    /// <summary>Waits until what the import set off is done as well: a subscription whose day has come is billed at once.</summary>
    private static async Task Settled(OpenLedger ledger, string tenant, Guid import, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await ledger.Get<TenantQuiet>().Wait(tenant, import.ToString(), Guid.Empty, ct);
                return;
            }
            catch (NotYetException) { }
        }
    }
}
