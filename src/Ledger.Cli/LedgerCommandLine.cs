using System.CommandLine;
using System.CommandLine.Help;
using Ledger.Application.Importing;
using Ledger.LocalPostgres;
using Ledger.Workers.Hosting;
using Npgsql;

namespace Ledger.Cli;

/// <summary>What <c>ledger</c> can be told, and how it answers: 0 done, 1 refused, 2 not understood.</summary>
internal static class LedgerCommandLine
{
    private const int Refused = 1, NotUnderstood = 2;

    public static Command Root()
    {
        var root = new LedgerCommand("ledger", "An event-sourced billing ledger.")
        {
            new LedgerCommand("tenants", "The businesses that bill through this ledger.") { CreateTenantCommand.Create(), ListTenantsCommand.Create() },
            new LedgerCommand("keys", "The API keys of a tenant.") { CreateKeyCommand.Create(), ListKeysCommand.Create(), RevokeKeyCommand.Create() },
            new LedgerCommand("users", "Who logs in by a password.") { CreateUserCommand.Create() },
            new LedgerCommand("signing-keys", "The keys that access tokens are signed by.") { RotateSigningKeyCommand.Create() },
            new LedgerCommand("messages", "What is to be done without a request, where it failed.") { DeadMessagesCommand.Create(), RetryMessagesCommand.Create() },
            new LedgerCommand("master-key", "The keys over all personal data: the first of them wraps, all of them open.")
            {
                MasterKeyStatusCommand.Create(), RotateMasterKeyCommand.Create(), RewrapCommand.Create(), ForgetMasterKeyCommand.Create(),
            },
            new LedgerCommand("simulate", "What would have been, had a tenant's terms been others.") { SimulateDunningCommand.Create(), SimulatePriceCommand.Create(), SimulateCouponCommand.Create() },
            ImportCommand.Create(), SampleCommand.Create(), BillCommand.Create(), ClockCommand.Create(), JournalCommand.Create(), PdfCommand.Create(), RebuildCommand.Create(),
            ReplayCommand.Create(), CompareCommand.Create(), SwitchCommand.Create(), DropCommand.Create(), HashViewsCommand.Create(), ExportLogCommand.Create(), ImportLogCommand.Create(),
            VerifyCommand.Create(), HeadCommand.Create(), MigrateCommand.Create(),
            new VersionOption(),
        };
        var help = new HelpOption();
        help.Action = new LedgerCommand.HelpWithExamples((HelpAction)help.Action!);
        root.Add(help);
        return root;
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed is { Action: System.CommandLine.Invocation.ParseErrorAction, Errors: [var first, ..] }) return Say($"{first.Message.TrimEnd('.')}. See {PathOf(parsed.CommandResult)} --help.", NotUnderstood);
        try
        {
            // Long enough after Ctrl-C for what is under way to be written.
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
        }
        catch (Exception e) when (e is WrongArgumentsException or LedgerSettingsException) { return Say(e.Message, NotUnderstood); }
        catch (OperationCanceledException) { return Say("Stopped. What was written stays; the same command goes on from there.", Refused); }
        catch (Exception e) when (e is RefusedException or Ledger.EventStore.Archiving.ArchiveException or ViewChangedException or ImportFaultException or ClusterUnavailableException or CommitOutcomeUnknownException or EventStore.PersonalData.MasterKeyException or Gateways.Brokers.BrokerSettingsException or UnauthorizedAccessException) { return Say(e.Message, Refused); }
        catch (NpgsqlException e) { return Say($"PostgreSQL: {e.Message}. Is LEDGER_DATABASE right, and is the server running?", Refused); }
        catch (IOException e) { return Say(e.Message, Refused); }
#pragma warning disable CA1031 // The end of the program: a person reads a sentence, not a stack trace.
        catch (Exception e)
        {
            if (Environment.GetEnvironmentVariable("LEDGER_TRACE") is { Length: > 0 }) await Console.Error.WriteLineAsync(e.ToString());
            return Say($"This went wrong where it was not expected to ({e.GetType().Name}): {e.Message} Set LEDGER_TRACE=1 for where.", Refused);
        }
#pragma warning restore CA1031
    }

    private static int Say(string message, int code)
    {
        Console.Error.WriteLine($"ledger: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    private static string PathOf(System.CommandLine.Parsing.SymbolResult? result) => result switch
    {
        System.CommandLine.Parsing.CommandResult { Parent: null } => "ledger",
        System.CommandLine.Parsing.CommandResult command => $"{PathOf(command.Parent)} {command.Command.Name}",
        _ => "ledger",
    };
}
