using Ledger.EventStore.PersonalData;

namespace Ledger.Cli;

/// <summary><c>ledger master-key status</c>: how many keys are wrapped under which master key, and which may go.</summary>
internal static class MasterKeyStatusCommand
{
    public static System.CommandLine.Command Create() => new LedgerCommand(
        "status", "Say how many personal keys are wrapped under which master key, and which master key may go. A key is named by its id, never shown.",
        "ledger master-key status").Runs(Run);

    private static async Task Run(System.CommandLine.ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        Screen.Table(["master key", "wraps", "personal keys", ""], Rows(await ledger.Get<PersonalKeyRewrap>().Uses(ct)));
    }

    internal static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<MasterKeyUse> uses) => uses.Select((use, place) => (string[])
    [
        use.Id ?? "(none named)", place == 0 ? "new ones" : "", $"{use.Keys:N0}",
        use switch
        {
            { IsAtHand: false } => "MISSING: put it back",
            { Id: null } => "`ledger master-key rewrap` names it",
            { MayGo: true } => $"may go: `ledger master-key forget {use.Id}`",
            _ => place == 0 ? "" : "needed until `ledger master-key rewrap` has ended",
        },
    ]);
}
