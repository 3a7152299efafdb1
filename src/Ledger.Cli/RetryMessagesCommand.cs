using System.CommandLine;

namespace Ledger.Cli;

/// <summary><c>ledger messages retry</c>: sends dead messages again, to whichever process works on messages.</summary>
internal static class RetryMessagesCommand
{
    private static readonly Argument<Guid?> Id = Asked.OptionalId("The message's id, as `ledger messages dead` says.");
    private static readonly Option<bool> All = new("--all") { Description = "Every dead message, or every one of --tenant." };
    private static readonly Option<string?> Tenant = new("--tenant", "-t") { Description = "With --all: only those of this tenant, by id or name.", HelpName = "tenant" };

    public static Command Create() => new LedgerCommand(
        "retry", "Send dead messages again, once the cause of their failing is gone. A program that runs does them at once, or else the next that starts.",
        "ledger messages retry 0198f3a2-5c1e-7c3f-9a51-2f4e8d0b7c66", "ledger messages retry --all", "ledger messages retry --all --tenant Acme")
    {
        Id, All, Tenant,
    }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        var (id, all, tenant) = (asked.GetValue(Id), asked.GetValue(All), asked.GetValue(Tenant));
        if (id is null == !all) throw new WrongArgumentsException("Say the id of a message, or --all.");
        if (tenant is not null && !all) throw new WrongArgumentsException("--tenant goes with --all; an id needs none.");
        await using var ledger = await OpenLedger.Open(tenant is null ? Beside.Nothing : Beside.Views, ct);
        Screen.Line($"{await Retry(ledger, id, tenant, ct):N0} sent again");
    }

    /// <param name="id">Null for all.</param>
    /// <returns>How many.</returns>
    internal static async Task<int> Retry(OpenLedger ledger, Guid? id, string? tenant, CancellationToken ct)
    {
        var messages = ledger.Get<MessageTable>();
        if (id is not { } one) return await messages.ReviveAll(await ledger.TenantId(tenant, "messages retry", ct), ct);
        return await messages.Revive(one, ct) ? 1 : throw new RefusedException($"No message {one} is dead. See `ledger messages dead`.");
    }
}
