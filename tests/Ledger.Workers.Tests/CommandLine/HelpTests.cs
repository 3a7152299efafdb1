using System.CommandLine;
using Ledger.Cli;

namespace Ledger.Workers.Tests.CommandLine;

public class HelpTests
{
    [Fact]
    public void Every_command_has_a_description_and_an_example_that_is_understood()
    {
        var root = LedgerCommandLine.Root();
        var commands = root.Subcommands.SelectMany(one => one.Subcommands.Count > 0 ? one.Subcommands : [one]).OfType<LedgerCommand>().ToList();
        commands.Count.ShouldBeGreaterThanOrEqualTo(13);
        foreach (var command in commands)
        {
            command.Description.ShouldNotBeNullOrWhiteSpace();
            command.Examples.ShouldNotBeEmpty(command.Name);
            command.Options.ShouldAllBe(option => !string.IsNullOrWhiteSpace(option.Description));
            foreach (var example in command.Examples)
                Faults(root, example).ShouldBeEmpty($"{example}");
        }
    }

    [Theory]
    [InlineData("tenants create --name A --zone Mars/Olympus", "--zone is to be a time zone such as America/New_York, not \"Mars/Olympus\"")]
    [InlineData("tenants create --name A --frequencies monthly,never", "--frequencies is to be frequencies such as monthly,yearly, not \"monthly,never\"")]
    [InlineData("tenants create --name A --dunning-days 0", "--dunning-days is to be from 1 to 365")]
    [InlineData("bill --tenant A --as-of 31.1.2026", "--as-of is to be a date such as 2026-01-31, not \"31.1.2026\"")]
    [InlineData("simulate dunning --tenant A --waits 1,0", "--waits is to be at most 60 numbers of days from 1 to 90, such as 1,3,5, not \"1,0\"")]
    [InlineData("clock --tenant A", "Option '--to' is required.")]
    public void What_is_not_understood_is_named(string line, string fault) =>
        LedgerCommandLine.Root().Parse(line).Errors.Select(error => error.Message).ShouldContain(fault);

    /// <summary>The files of an example need not exist.</summary>
    private static IEnumerable<string> Faults(Command root, string example) =>
        root.Parse(example[(example.IndexOf("ledger ", StringComparison.Ordinal) + "ledger ".Length)..]).Errors
            .Select(error => error.Message).Where(message => !message.Contains("does not exist", StringComparison.Ordinal));
}
