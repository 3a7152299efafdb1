using System.Diagnostics;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Scenarios.Processes;

/// <summary>How the programs answer whoever runs them.</summary>
public class ProgramTests
{
    [Theory]
    [InlineData("", "an id is a UUID", "messages", "retry", "abc")]
    [InlineData("not a connection string", "LEDGER_DATABASE is no connection string", "tenants", "list")]
    [InlineData("Host=;Nonsense=1", "LEDGER_DATABASE is no connection string", "verify")]
    public async Task What_cannot_be_meant_is_a_sentence_and_exit_code_2(string database, string sentence, params string[] arguments)
    {
        using var directory = new TestDirectory();
        var (code, errors) = await Run(directory.Path, database, arguments);
        errors.ShouldContain(sentence);
        errors.ShouldNotContain("   at ");
        code.ShouldBe(2);
    }

    [Fact]
    public async Task A_ledger_that_is_made_anew_is_told_of()
    {
        using var directory = new TestDirectory();
        var (code, errors) = await Run(directory.Path, "", "tenants", "list");
        errors.ShouldContain($"there is no ledger in {directory.Path} yet; a new, empty one is made there");
        code.ShouldBe(0);
        (await Run(directory.Path, "", "tenants", "list")).Errors.ShouldBeEmpty();
    }

    /// <summary>As a script without job control does it: its children in the background ignore SIGINT.</summary>
    [Theory]
    [InlineData("INT"), InlineData("TERM")]
    public async Task Started_in_the_background_by_a_script_it_stops_on_both_signals(string signal)
    {
        using var directory = new TestDirectory();
        var database = await TestCluster.NewDatabase();
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Ledger.Api.dll")}' & echo $!; wait"])
        {
            WorkingDirectory = directory.Path, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LEDGER_DIRECTORY"] = directory.Path, ["LEDGER_DATABASE"] = database, ["LEDGER_URLS"] = "http://127.0.0.1:0" },
        };
        using var shell = Process.Start(start)!;
        var server = int.Parse((await shell.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
        string? line;
        do line = await shell.StandardError.ReadLineAsync();
        while (line is not null && !line.StartsWith("Ledger listens on", StringComparison.Ordinal));
        line.ShouldNotBeNull();

        using (var kill = Process.Start("kill", [$"-{signal}", $"{server}"])) await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await shell.WaitForExitAsync(patience.Token);
        shell.HasExited.ShouldBeTrue();
    }

    /// <summary>A charge under way holds its row; opening the ledger beside it asks for no lock that would wait for that, or block it.</summary>
    [Fact]
    public async Task Opening_the_ledger_changes_no_schema()
    {
        using var directory = new TestDirectory();
        var database = await TestCluster.NewDatabase();
        (await Run(directory.Path, database, "migrate")).Code.ShouldBe(0);
        await using var charge = new NpgsqlConnection($"{database};Pooling=false");
        await charge.OpenAsync();
        await using var transaction = await charge.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table sandbox.charges, sandbox.requests in row exclusive mode", charge, transaction)) _ = await hold.ExecuteNonQueryAsync();
        (await Run(directory.Path, database, "tenants", "list")).Code.ShouldBe(0);
    }

    private static async Task<(int Code, string Errors)> Run(string directory, string database, params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ledger.Cli.dll"), .. arguments])
        {
            WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LEDGER_DIRECTORY"] = directory, ["LEDGER_DATABASE"] = database },
        })!;
        var (output, errors) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await command.WaitForExitAsync(patience.Token);
        _ = await output;
        return (command.ExitCode, await errors);
    }
}
