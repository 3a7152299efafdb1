using System.CommandLine;
using Ledger.Application.Tenancy;

namespace Ledger.Cli;

/// <summary><c>ledger keys list</c></summary>
internal static class ListKeysCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();

    public static Command Create() => new LedgerCommand(
        "list", "The API keys of a tenant, by the start of their text.", "ledger keys list --tenant Acme") { Tenant }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, _) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "keys list", ct);
        var keys = await ledger.Get<TenantKeys>().All(tenant.Id.ToString(), ct);
        Screen.Table(["id", "key", "name", "role", "issued", ""], keys.Select(one => (string[])
        [
            one.Key.Id.Value.ToString(), $"{one.Key.Prefix}…", one.Key.Name, EventTypes.SnakeCase(one.Key.Role.ToString()), one.IssuedAt.ToString(),
            one.IsRevoked ? "revoked" : "",
        ]));
    }
}
