using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using Ledger.Application.People;
using Ledger.Domain.People;
using Ledger.Gateways.Entered;

namespace Ledger.Cli;

/// <summary><c>ledger users create</c>: takes in somebody who logs in by a password, and prints it this once.</summary>
internal static class CreateUserCommand
{
    private const int PasswordBytes = 18;
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "The tenant, by id or name.", HelpName = "tenant" };
    private static readonly Option<bool> Platform = new("--platform") { Description = "Somebody who looks after all tenants, instead." };
    private static readonly Option<string> Email = new("--email") { Description = "What they log in by.", Required = true, HelpName = "address" };
    private static readonly Option<string?> Name = new("--name") { Description = "What they are called.", HelpName = "name" };
    private static readonly Option<string> Role = new Option<string>("--role")
    {
        Description = "Staff serve customers; an admin may do all that the tenant may.", DefaultValueFactory = _ => "staff",
    }.AcceptOnlyFromAmong("staff", "admin");

    public static Command Create() => new LedgerCommand(
        "create", "Take in a user. The password is made here and shown only once.",
        "ledger users create --platform --email ops@example.org",
        "ledger users create --tenant Acme --email anna@example.org --role admin") { Tenant, Platform, Email, Name, Role }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        var tenant = asked.GetValue(Tenant);
        if (asked.GetValue(Platform) == tenant is not null) throw new WrongArgumentsException("Say either --tenant or --platform.");
        var email = asked.GetRequiredValue(Email);
        if (!EmailAddress.IsValid(email)) throw new WrongArgumentsException($"--email is no address. {EmailAddress.Reason}");

        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var now = ledger.Get<IClock>().GetCurrentInstant().ToMicroseconds();
        var context = tenant is null
            ? new CommandContext(TenantId.Platform.ToString(), "command_line", "users create", now)
            : (await ledger.Tenant(tenant, "users create", ct)).Context;
        var role = tenant is null ? UserRole.PlatformAdmin : asked.GetValue(Role) == "admin" ? UserRole.Admin : UserRole.Staff;
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(PasswordBytes));
        var outcome = await ledger.Get<Registration>().Register(context, role, [], new(email, asked.GetValue(Name)), password, ct);
        RefusedException.ThrowIf(outcome.Rejection);
        Screen.Line($"user      {((User.Active)outcome.State).Id.Value}");
        Screen.Line($"password  {password}  (shown only once)");
    }
}
