using System.CommandLine;
using Ledger.Application.Tenancy;
using Ledger.Domain.Amounts;

namespace Ledger.Cli;

/// <summary><c>ledger tenants create</c>: takes in a business, and prints its id and its first key.</summary>
internal static class CreateTenantCommand
{
    private static readonly Option<string> Name = Asked.Name("What it is called.");
    private static readonly Option<bool> Live = new("--live") { Description = "Bills real customers, by the wall clock. For good." };
    private static readonly Option<bool> Sandbox = new("--sandbox") { Description = "To try things: has a clock of its own that can be moved. The default." };
    private static readonly Option<Currency?> CurrencyOf = Asked.Currency("--currency", "Where nothing else is said. [default: USD]");
    private static readonly Option<DateTimeZone?> Zone = Asked.Zone("--zone", "Where its days begin and end. [default: America/New_York]");
    private static readonly Option<Func<DateTimeZone, Instant>?> Clock = Asked.Moment("--clock", "Where a sandbox clock stands at first; a date is the start of that day. [default: now]");
    private static readonly Option<bool> Excluding = new("--prices-exclude-tax") { Description = "Tax comes on top of its prices." };
    private static readonly Option<IReadOnlyList<Frequency>?> Frequencies = Asked.Frequencies("--frequencies", "How often it bills. [default: monthly,quarterly,yearly]");
    private static readonly Option<int> Attempts = Asked.Number("--dunning-attempts", "How often a payment is tried in all", 1, 60, DunningSettings.Default.SettlingAttempts);
    private static readonly Option<int> Days = Asked.Number("--dunning-days", "Days from the first failure to the end", 1, 365, DunningSettings.Default.CancelledAfterDays);
    private static readonly Option<bool> NoKey = new("--no-key") { Description = "Give out no API key." };

    public static Command Create() => new LedgerCommand(
        "create", "Take in a business. Prints its id, and an admin API key that is shown only once.",
        "ledger tenants create --name Acme",
        "ledger tenants create --name Telco --currency USD --zone America/New_York --clock 2026-01-30",
        "ledger tenants create --name Shop --live --currency DKK --zone Europe/Copenhagen --no-key")
    {
        Name, Live, Sandbox, CurrencyOf, Zone, Clock, Excluding, Frequencies, Attempts, Days, NoKey,
    }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        var mode = asked.GetValue(Live) ? TenantMode.Live : TenantMode.Sandbox;
        if (mode is TenantMode.Live && asked.GetValue(Sandbox)) throw new WrongArgumentsException("A tenant is either --live or --sandbox.");
        if (mode is TenantMode.Live && asked.GetValue(Clock) is not null) throw new WrongArgumentsException("--clock is for a sandbox tenant; a live one goes by the wall clock.");

        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var zone = asked.GetValue(Zone) ?? DateTimeZoneProviders.Tzdb["America/New_York"];
        var now = (asked.GetValue(Clock)?.Invoke(zone) ?? ledger.Get<IClock>().GetCurrentInstant()).ToMicroseconds();
        var command = new CreateTenant(
            new(Guid.CreateVersion7()), asked.GetRequiredValue(Name), mode, asked.GetValue(CurrencyOf) ?? Currency.Parse("USD"), zone,
            !asked.GetValue(Excluding), asked.GetValue(Frequencies) ?? [Frequency.Monthly, Frequency.Quarterly, Frequency.Yearly],
            new(asked.GetValue(Attempts), asked.GetValue(Days)));
        var context = await Write(ledger, command, now, ct);

        Screen.Line($"tenant   {command.Id}");
        if (!asked.GetValue(NoKey)) Screen.Line($"api key  {await CreateKeyCommand.Issue(ledger, command.Id, mode, "admin", ApiKeyRole.Admin, context, ct)}  (shown only once)");
    }

    /// <summary>The tenant, its own key and its clock are one commit.</summary>
    internal static async Task<CommandContext> Write(OpenLedger ledger, CreateTenant command, Instant now, CancellationToken ct)
    {
        var context = new CommandContext(command.Id.ToString(), "command_line", "tenants create", now);
        var first = ledger.Get<NewTenants>().First(command, context, now);
        RefusedException.ThrowIf((await ledger.Get<CommandHandler>().Handle(command, first, ct)).Rejection);
        return context;
    }
}
