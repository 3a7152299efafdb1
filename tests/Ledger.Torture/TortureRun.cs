using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.Cli;
using Ledger.Testing;
using Ledger.Testing.Http;
using Ledger.Torture.Checks;
using Ledger.Torture.Faults;
using Ledger.Torture.Load;
using Ledger.Torture.Programs;
using NodaTime;

namespace Ledger.Torture;

/// <summary>Months of billing while everything that can be killed is killed; then a look at what is left.</summary>
internal sealed partial class TortureRun
{
    private const int WishesPerRound = 10, RoundsMax = 400, QuietDays = 40;
    private static readonly LocalDate FirstDay = new(2026, 1, 30);
    private readonly TortureOptions options;
    private readonly Findings findings;
    private readonly Stage stage;
    private readonly Caller admin;
    private readonly List<Clerk> clerks;
    private LocalDate today = FirstDay;
    private int rounds;

    private TortureRun(TortureOptions options, Stage stage, string apiKey, Findings findings)
    {
        (this.options, this.stage, this.findings) = (options, stage, findings);
        admin = Called("admin");
        clerks = [.. Enumerable.Range(1, options.Clients).Select(number => new Clerk(number, options.Seed, Called($"clerk-{number}"), findings))];

        Caller Called(string name) => new(name, new LedgerClient(stage.Api.Program.Address, apiKey), findings);
    }

    public static async Task<TortureReport> Of(TortureOptions options, IProgress<Done> progress)
    {
        using var temporary = options.Directory is null ? new TestDirectory() : null;
        var directory = options.Directory ?? temporary!.Path;
        _ = Directory.CreateDirectory(directory);
        var findings = new Findings();
        var key = "";
        await using var stage = await Stage.Open(directory, findings, async command =>
            key = ApiKey().Match(await command.Command("tenants", "create", "--name", "Torture", "--clock", FirstDay.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), "--dunning-attempts", "3", "--dunning-days", "9",
                "--frequencies", "weekly,every_2_weeks,monthly,quarterly,yearly")).Value);
        return await new TortureRun(options, stage, key, findings).Run(progress);
    }

    private async Task<TortureReport> Run(IProgress<Done> progress)
    {
        var took = Stopwatch.StartNew();
        var plan = FaultPlan.Of(options.Seed, options.Kills);
        var striker = new Striker(stage, admin, plan, options.Seed, kills => progress.Report(new(kills, options.Kills, $"{today:R}: {kills} kills, {findings.All.Count} findings")));
        try
        {
            progress.Report(new(0, options.Kills, $"Taking in {options.Subscribers} subscribers"));
            await TakeIn();
            await Bill(striker);
            await Calm();
            progress.Report(new(options.Kills, options.Kills, "Reading what was acknowledged"));
            await Stored.Reread(clerks.Select(one => one.Caller), findings, _ => { });
            foreach (var one in stage.Actors) await one.Stop();
            progress.Report(new(options.Kills, options.Kills, "Checking"));
            await Check();
        }
        catch (TimeoutException e)
        {
            findings.Add($"The run came to a halt on {today:R}. {e.Message}\n{await Open()}");
        }

        if (findings.All.Count > 0) findings.AddAll(stage.Actors.Where(one => one.Program.Said.Length > 0).Select(one => $"{one.Name} said last:\n{one.Program.Said}"));
        return new(options, striker.Done, stage.Actors.Sum(one => one.Proxy.Sprung), stage.Actors.Sum(one => one.StartsGivenUp), took.Elapsed, await Work(), findings.All);
    }

    private Task TakeIn() => Task.WhenAll(clerks.Select(async (clerk, i) =>
    {
        for (var n = i; n < options.Subscribers; n += options.Clients) await clerk.TakeIn(today);
    }));

    /// <summary>Round after round, some days each, until the plan is done.</summary>
    private async Task Bill(Striker striker)
    {
        using var over = new CancellationTokenSource();
        var striking = striker.Run(over.Token);
        try
        {
            while (!striking.IsCompleted && rounds++ < RoundsMax)
            {
                var asOf = today;
                today = today.PlusDays(options.Days);
                await Task.WhenAll(clerks.Select(async clerk =>
                {
                    for (var n = 0; n < WishesPerRound; n++) await clerk.Serve(asOf);
                }).Append(Advance()));
            }
        }
        finally
        {
            await over.CancelAsync();
            await striking;
        }
    }

    /// <summary>No faults any more, and some weeks in which everything that is due can happen.</summary>
    private async Task Calm()
    {
        foreach (var one in stage.Actors) one.Proxy.Rest();
        _ = await admin.Send(HttpMethod.Delete, "/testing/sandbox-faults", null);
        today = today.PlusDays(QuietDays);
        await Advance();
    }

    /// <summary>Moves the clock to today's noon, and waits until all that follows has happened.</summary>
    private async Task Advance()
    {
        var patience = Stopwatch.StartNew();
        var asked = await admin.Post("advanceClock", "/testing/clock-advances", new { to = $"{today:R}T17:00:00Z" });
        for (var at = asked.Json!; (string?)at["status"] != "completed"; await Task.Delay(50))
        {
            if (patience.Elapsed > TimeSpan.FromMinutes(6)) throw new TimeoutException($"The clock does not move on: {at}");
            at = (await admin.Get($"/testing/clock-advances/{asked.Id}")).Json;
        }
    }

    private async Task Check()
    {
        var database = new Database(stage.Database);
        var all = clerks.SelectMany(one => one.Caller.Acknowledged).ToList();
        findings.AddAll(await Stored.Check(database, all));
        findings.AddAll(await Charges.Check(database));
        findings.AddAll(await Periods.Check(database, today));
        findings.AddAll(await LogAndMessages.Check(database));
        var before = await database.Views();
        await Command("rebuild", "--all");
        var after = await database.Views();
        findings.AddAll(before.Except(after).Select(row => $"a view has a row that its rebuild has not: {row}"));
        findings.AddAll(after.Except(before).Select(row => $"a rebuilt view has a row that the view had not: {row}"));
        if (before.Count != after.Count) findings.Add($"the views had {before.Count} rows, and rebuilt {after.Count}");
        await Command("verify");
    }

    private async Task Command(params string[] arguments)
    {
        try { _ = await stage.Command.Command(arguments); }
        catch (Shouldly.ShouldAssertException e) { findings.Add(e.Message); }
    }

    private async Task<string> Open()
    {
        var database = new Database(stage.Database);
        return string.Join('\n', (List<string>)["Open are:", .. await database.Lines("select m::text from ledger.messages m limit 20"), .. await database.Lines("select l::text from ledger.leases l")]);
    }

    private async Task<IReadOnlyList<(string, string)>> Work()
    {
        var counts = await new Database(stage.Database).Rows(
            "select count(*), count(*) filter (where type = 'invoice_issued'), count(*) filter (where type = 'payment_captured'), count(*) filter (where type = 'payment_outcome_unknown') from mt_events",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
        var all = clerks.SelectMany(one => one.Caller.Acknowledged).ToList();
        var (events, invoices, captured, unknown) = counts[0];
        return
        [
            ("requests acknowledged", $"{all.Count:N0}"), ("  of them sent more than once", $"{all.Count(one => one.Tries > 1):N0}"),
            ("days billed", $"{Period.DaysBetween(FirstDay, today):N0}"), ("events", $"{events:N0}"), ("invoices", $"{invoices:N0}"),
            ("payments captured", $"{captured:N0}"), ("outcomes unknown at first", $"{unknown:N0}"),
        ];
    }

    [GeneratedRegex(@"lk_test_\S+")]
    private static partial Regex ApiKey();
}
