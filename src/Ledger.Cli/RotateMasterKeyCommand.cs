using Ledger.EventStore.PersonalData;
using Ledger.Workers.Hosting;

namespace Ledger.Cli;

/// <summary><c>ledger master-key rotate</c>: makes a new master key, which wraps from now on, and keeps the others.</summary>
internal static class RotateMasterKeyCommand
{
    public static System.CommandLine.Command Create() => new LedgerCommand(
        "rotate", "Make a new master key in the key file; it wraps from now on, and the keys before it still open. Running processes that read the same file take it up by themselves. Back the file up before you rewrap.",
        "ledger master-key rotate").Runs(Run);

    private static Task Run(System.CommandLine.ParseResult asked, CancellationToken ct)
    {
        foreach (var line in Rotate(LedgerSettings.FromEnvironment())) Screen.Line(line);
        return Task.CompletedTask;
    }

    /// <returns>What to say.</returns>
    /// <exception cref="RefusedException">The keys do not come from a file.</exception>
    internal static IReadOnlyList<string> Rotate(LedgerSettings settings)
    {
        if (settings.MasterKey is not null)
            throw new RefusedException("The master keys come from LEDGER_MASTER_KEY, which no command can change. Put a new key there, as the first line before the others (`openssl rand -base64 32` makes one), start every process again, then run `ledger master-key rewrap`.");
        var made = new MasterKeyFile(settings.MasterKeyFile).Rotate();
        return
        [
            $"new master key  {made.Id}, in {settings.MasterKeyFile}",
            "Back that file up now, apart from the database. Then `ledger master-key rewrap` puts all personal keys under it.",
        ];
    }
}
