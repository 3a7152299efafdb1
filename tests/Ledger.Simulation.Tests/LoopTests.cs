using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ledger.EventStore.Projecting;

namespace Ledger.Simulation.Tests;

/// <summary>What runs for ever, or beside what started it, is simulated; or there is a reason why it is not.</summary>
public partial class LoopTests
{
    private static readonly Dictionary<string, Type> Simulated = new()
    {
        ["Ledger.EventStore/Commits/GroupCommit.cs"] = typeof(GroupCommit),
        ["Ledger.EventStore/Projecting/ViewRunner.cs"] = typeof(ViewRunner),
        ["Ledger.Messaging/MessageRuntime.cs"] = typeof(MessageRuntime),
        ["Ledger.Messaging/PolicyRunner.cs"] = typeof(PolicyRunner),
    };

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["Ledger.EventStore/Background.cs"] = "It is how the simulation gets hold of the others.",
        ["Ledger.EventStore/Projecting/ViewProgress.cs"] = "It only reads, and gives up after a while.",
        ["Ledger.EventStore/Projecting/ViewRebuild.cs"] = "What it builds is compared with what the log says, on a real server.",
        ["Ledger.EventStore/PersonalData/MasterKeyFile.cs"] = "It reads a file, and gives up after a while.",
        ["Ledger.EventStore/PersonalData/PersonalKeyRewrap.cs"] = "It goes through a table to its end; it is cut off and run several times at once on a real server.",
        ["Ledger.LocalPostgres/ServerStart.cs"] = "It starts an operating system process, and gives up after a while.",
        ["Ledger.Api/Requests/Merging.cs"] = "It tries one command again, a few times.",
        ["Ledger.EventStore/Feed/ProcessSignals.cs"] = "It tells other processes to look sooner; the simulation has none told, and polls find everything.",
        ["Ledger.EventStore/Feed/EventFeed.cs"] = "It reads ahead for a rebuild, whose outcome is compared with what the log says.",
        ["Ledger.EventStore/Streams/StreamReads.cs"] = "It only reads; what is decided on it is checked by the batch.",
        ["Ledger.EventStore/Verification/BlockCheck.cs"] = "It reads a snapshot to its end.",
        ["Ledger.EventStore/Verification/IndexCheck.cs"] = "It reads a snapshot to its end.",
        ["Ledger.EventStore/Verification/EventCheck.cs"] = "It reads a snapshot to its end.",
        ["Ledger.EventStore/Verification/StreamCheck.cs"] = "It reads a snapshot to its end.",
        ["Ledger.LocalPostgres/ServerWatch.cs"] = "It looks after an operating system process.",
        ["Ledger.Gateways/Sandbox/ChargeBatches.cs"] = "It stands in for a provider outside.",
        ["Ledger.Workers/Hosting/LedgerWorkers.cs"] = "It starts the others; what it tidies away is past its time.",
        ["Ledger.Workers/Billing/BillingScheduler.cs"] = "It asks for a run whose id follows from the day: twice is once.",
        ["Ledger.Workers/Billing/AdvanceClockHandler.cs"] = "It is the handler of one message, and goes on from where the log says.",
        ["Ledger.Cli/OpenLedger.cs"] = "It runs the view runner beside a command.",
        ["Ledger.Cli/ClockCommand.cs"] = "It waits for others to do the work.",
        ["Ledger.Cli/BillCommand.cs"] = "It waits for others to do the work.",
        ["Ledger.Cli/ImportCommand.cs"] = "It waits for the views to come up.",
        ["Ledger.Identity/Limits/KeyUses.cs"] = "It notes when a key was used, once a minute, and may lose it.",
        ["Ledger.Api/Identity/CodePost.cs"] = "It sends codes, and may lose them: they are good for ten minutes and asked for again.",
        ["Ledger.Api/Identity/AddressChange.cs"] = "It tries one command again where another was first, and ends with its outcome.",
        ["Ledger.Api/Audit/AuditRecorder.cs"] = "It writes about requests that were answered; what it loses is counted, and changes nothing.",
        ["Ledger.Projections/Accounting/JournalReader.cs"] = "It only reads, and ends where the journal does.",
        ["Ledger.Application/Exports/PaymentHistory.cs"] = "It only reads, and ends where its file does.",
        ["Ledger.Application/Exports/ExportParts.cs"] = "It only reads, and ends where its file does.",
        ["Ledger.Application/Documents/Pdf/FontSubset.cs"] = "It is pure, and ends with the parts of a letter.",
        ["Ledger.Api/Audit/TrailCsv.cs"] = "It only reads, and ends where its file does.",
        ["Ledger.Gateways/Post/SmtpTalk.cs"] = "It reads an answer of at most a hundred lines, within the time of a mail.",
        ["Ledger.Workers/Following/LogFollower.cs"] = "The place of each moves with what it takes up, under a lease; each is killed on a real server, or what it tells is, and what came of it is compared with the log.",
        ["Ledger.Workers/Following/DueWork.cs"] = "It does each thing at least once, under a lease of each; it is killed on a real server, and what others heard is compared with the log.",
        ["Ledger.Api/Events/PublicFeed.cs"] = "It only reads, and gives up after a while.",
        ["Ledger.Api/Requests/Waiting.cs"] = "It waits for others to do the work, and gives up after a while.",
    };

    [Fact]
    public void Every_loop_without_an_end_is_simulated_or_says_why_not()
    {
        var root = Root();
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(root, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(file => !file.Path.Contains("/obj/", StringComparison.Ordinal) && !file.Path.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => Endless().IsMatch(file.Text))
            .Select(file => file.Path)
            .ShouldBe(Simulated.Keys.Concat(Reasons.Keys), ignoreOrder: true);
    }

    [Fact]
    public void What_is_said_to_be_simulated_is_part_of_a_simulated_process() =>
        Simulated.Values.ShouldBeSubsetOf(typeof(SimulatedProcess).GetProperties().Select(one => one.PropertyType));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src"));

    [GeneratedRegex(@"while \(true\)|while \(!\w+\.IsCancellationRequested\)|for \([^;)]*; ;|Task\.Run\(|Background\.Start\(|: BackgroundService")]
    private static partial Regex Endless();
}
