using System.CommandLine;
using Ledger.Identity.Tokens;

namespace Ledger.Cli;

/// <summary><c>ledger signing-keys rotate</c></summary>
internal static class RotateSigningKeyCommand
{
    public static Command Create() => new LedgerCommand(
        "rotate", "Make the next key that access tokens are signed by. It is published at once, signs in five minutes, and takes the place of the one before. This happens by itself every 30 days.",
        "ledger signing-keys rotate").Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        Screen.Line($"signing key  {await ledger.Get<SigningKeys>().Rotate(ledger.Get<IClock>().GetCurrentInstant(), ct)}");
    }
}
