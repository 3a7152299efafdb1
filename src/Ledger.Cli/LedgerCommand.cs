using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ledger.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class LedgerCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Runs it; what it prints and returns is its own.</summary>
    public LedgerCommand Runs(Func<ParseResult, CancellationToken, Task> run)
    {
        SetAction(async (parsed, ct) =>
        {
            await run(parsed, ct);
            return 0;
        });
        return this;
    }

    /// <summary>The usual help, and the command's examples below it.</summary>
    /// <param name="ofOthers">The examples of a command that has none of its own.</param>
    internal sealed class HelpWithExamples(HelpAction usual, params string[] ofOthers) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            var examples = parseResult.CommandResult.Command is LedgerCommand command ? command.Examples : ofOthers;
            if (examples.Count == 0) return code;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  {example}");
            return code;
        }
    }
}
