using System.CommandLine;
using Ledger.EventStore.PersonalData;
using Ledger.Workers.Hosting;

namespace Ledger.Cli;

/// <summary><c>ledger master-key forget</c>: takes a master key out of its file, once nothing needs it.</summary>
internal static class ForgetMasterKeyCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The id of the key, as `ledger master-key status` says." };

    public static Command Create() => new LedgerCommand(
        "forget", "Take a master key out of the key file. Refused while anything is wrapped under it. Backups from before still need it: keep it with them, apart, as long as they are kept.",
        "ledger master-key forget 4f2a9c01d7e85b36") { Id }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        Screen.Line(await Forget(ledger, LedgerSettings.FromEnvironment(), asked.GetRequiredValue(Id), ct));
    }

    /// <returns>What to say.</returns>
    /// <exception cref="RefusedException">It is needed, or there is no such key.</exception>
    internal static async Task<string> Forget(OpenLedger ledger, LedgerSettings settings, string id, CancellationToken ct)
    {
        var keys = ledger.Get<MasterKeys>();
        var place = keys.All.ToList().FindIndex(key => key.Id == id);
        if (place < 0) throw new RefusedException($"There is no master key {id} in {keys.Place}. See `ledger master-key status`.");
        if (place == 0) throw new RefusedException($"The master key {id} is the one that wraps. `ledger master-key rotate` makes another, `ledger master-key rewrap` puts everything under it; then this one may go.");
        var needing = await ledger.Get<PersonalKeyRewrap>().Forget(id, ct);
        if (needing > 0) throw new RefusedException($"{needing:N0} personal keys may still need the master key {id}. Run `ledger master-key rewrap` first.");
        if (settings.MasterKey is not null) return $"Nothing needs the master key {id} any more, and nothing can be wrapped under it again. Take its line out of LEDGER_MASTER_KEY.";
        new MasterKeyFile(settings.MasterKeyFile).Remove(id);
        return $"The master key {id} is out of {settings.MasterKeyFile}. Keep it elsewhere as long as a backup from before is kept.";
    }
}
