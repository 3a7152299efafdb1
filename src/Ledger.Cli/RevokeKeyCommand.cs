using System.CommandLine;

namespace Ledger.Cli;

/// <summary><c>ledger keys revoke</c></summary>
internal static class RevokeKeyCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<Guid> Id = new("--id") { Description = "The key's id, as `ledger keys list` says.", Required = true, HelpName = "id" };

    public static Command Create() => new LedgerCommand(
        "revoke", "Close the door on an API key, for good. Revoking again changes nothing.",
        "ledger keys revoke --tenant Acme --id 0198f3a2-5c1e-7c3f-9a51-2f4e8d0b7c66") { Tenant, Id }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (_, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "keys revoke", ct);
        var outcome = await ledger.Get<CommandHandler>().Handle(new RevokeApiKey(new(asked.GetRequiredValue(Id))), context, ct);
        RefusedException.ThrowIf(outcome.Rejection);
        Screen.Line(outcome.Events.Count > 0 ? "revoked" : "revoked before");
    }
}
