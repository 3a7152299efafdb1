using System.CommandLine;

namespace Ledger.Cli;

/// <summary><c>ledger messages dead</c>: what was given up, and why. What a message asks for is never shown.</summary>
internal static class DeadMessagesCommand
{
    private const int ShownMax = 200;
    private static readonly Option<string?> Tenant = new("--tenant", "-t") { Description = "Only those of this tenant, by id or name.", HelpName = "tenant" };

    public static Command Create() => new LedgerCommand(
        "dead", "Messages that failed too often and were given up, newest first.",
        "ledger messages dead", "ledger messages dead --tenant Acme") { Tenant }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(asked.GetValue(Tenant) is null ? Beside.Nothing : Beside.Views, ct);
        var dead = await Find(ledger, asked.GetValue(Tenant), ct);
        if (dead is []) Screen.Line("No message is dead.");
        else Screen.Table(["id", "tenant", "message", "died", "tries", "why"], dead.Select(Line));
        if (dead is [var first, ..] && first.InAll > dead.Count) Screen.Line($"and {first.InAll - dead.Count:N0} older ones");
    }

    internal static async Task<List<DeadMessage>> Find(OpenLedger ledger, string? tenant, CancellationToken ct) =>
        await ledger.Get<MessageTable>().Dead(await ledger.TenantId(tenant, "messages dead", ct), ShownMax, ct);

    internal static string[] Line(DeadMessage dead) =>
        [dead.Id.ToString(), dead.Tenant, dead.Type, dead.DiedAt.ToString(), $"{dead.Attempts:N0}", dead.Reason.ReplaceLineEndings(" ")];
}
