using System.CommandLine;
using Ledger.Application.Tenancy;

namespace Ledger.Cli;

/// <summary><c>ledger tenants list</c></summary>
internal static class ListTenantsCommand
{
    public static Command Create() => new LedgerCommand("list", "Every tenant, oldest first.", "ledger tenants list").Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        await ledger.CatchUp(ct);
        var all = await ledger.Get<TenantDirectory>().All(ct);
        Screen.Table(["id", "name", "mode", "currency", "zone", "clock"],
            all.Select(one => (string[])[one.Id.ToString(), one.Name, one.Mode, one.Currency, one.Zone, one.Clock?.ToString() ?? ""]));
    }
}
