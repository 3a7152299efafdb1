using System.CommandLine;
using System.CommandLine.Help;
using Ledger.Cli;
using Ledger.Torture;
using Ledger.Torture.Faults;

var kills = Asked.Number("--kills", "How many times a program or PostgreSQL is killed", 1, 10_000, 50);
var seed = new Option<int?>("--seed") { Description = "The same seed gives the same faults at the same places of the log. [default: a new one, which the report names]", HelpName = "number" };
var subscribers = Asked.Number("--subscribers", "Subscribers that are there before it begins", 1, 10_000, 80);
var clients = Asked.Number("--clients", "Clients that send requests at once", 1, 32, 4);
var days = Asked.Number("--days", "Days that the clock is moved at a time", 1, 365, 7);
var plan = new Option<bool>("--plan") { Description = "Only show what would go wrong, and where." };
var keep = new Option<DirectoryInfo?>("--keep") { Description = "Leave the database here, to look at after a finding.", HelpName = "directory" };
var root = new RootCommand("""
    Bills generated subscribers for months while programs and PostgreSQL are killed, connections are cut and the payment provider
    does not answer; then checks that nothing was lost and nothing was done twice. Ends with 1 when something was found.
    What it checks and what a finding means: docs/guides/torture.md.
    """) { kills, seed, subscribers, clients, days, plan, keep };
root.SetAction(async (asked, _) =>
{
    var options = new TortureOptions(
        asked.GetValue(kills), asked.GetValue(seed) ?? Random.Shared.Next(1_000_000), asked.GetValue(subscribers), asked.GetValue(clients), asked.GetValue(days), asked.GetValue(keep)?.FullName);
    if (!asked.GetValue(plan)) return Told.Report(await Told.Progress(progress => TortureRun.Of(options, progress)));
    Told.Faults(FaultPlan.Of(options.Seed, options.Kills).Select(fault => (fault.At, fault)));
    return 0;
});
var help = root.Options.OfType<HelpOption>().Single();
help.Action = new LedgerCommand.HelpWithExamples((HelpAction)help.Action!, "./ledger torture --kills 15", "./ledger torture --kills 50 --seed 7", "./ledger torture --kills 50 --seed 7 --plan", "./ledger torture --kills 50 --seed 7 --keep /tmp/torture-7");
return await root.Parse(args).InvokeAsync();
