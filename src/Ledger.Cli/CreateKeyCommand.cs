using System.CommandLine;
using Ledger.Application.Tenancy;

namespace Ledger.Cli;

/// <summary><c>ledger keys create</c>: gives out an API key, and prints it this once.</summary>
internal static class CreateKeyCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<string> Name = Asked.Name("What it is for.");
    private static readonly Option<string> Role = new Option<string>("--role")
    {
        Description = "Staff serve customers; an admin may also change what is sold and how it is billed.", DefaultValueFactory = _ => "staff",
    }.AcceptOnlyFromAmong("staff", "admin");

    public static Command Create() => new LedgerCommand(
        "create", "Give out an API key. It is shown only once; the ledger keeps its hash.",
        "ledger keys create --tenant Acme --name \"web shop\"",
        "ledger keys create --tenant Acme --name deploy --role admin") { Tenant, Name, Role }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "keys create", ct);
        var role = asked.GetValue(Role) == "admin" ? ApiKeyRole.Admin : ApiKeyRole.Staff;
        Screen.Line($"api key  {await Issue(ledger, tenant.Id, tenant.Mode, asked.GetRequiredValue(Name), role, context, ct)}  (shown only once)");
    }

    /// <returns>The key's text.</returns>
    internal static async Task<string> Issue(
        OpenLedger ledger, TenantId tenant, TenantMode mode, string name, ApiKeyRole role, CommandContext context, CancellationToken ct)
    {
        var key = ApiKeyText.New(mode);
        var command = new IssueApiKey(new(Guid.CreateVersion7()), tenant, name, key.Prefix, key.Hash, role);
        RefusedException.ThrowIf((await ledger.Get<CommandHandler>().Handle(command, context, ct)).Rejection);
        return key.Text;
    }
}
