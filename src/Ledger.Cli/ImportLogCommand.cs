using System.CommandLine;
using Ledger.EventStore.Archiving;
using Ledger.EventStore.PersonalData;

namespace Ledger.Cli;

/// <summary><c>ledger import-log</c>: takes what <c>ledger export-log</c> wrote into an empty database.</summary>
internal static class ImportLogCommand
{
    private static readonly Argument<DirectoryInfo> Directory = new Argument<DirectoryInfo>("directory") { Description = "Where the files are." }.AcceptExistingOnly();

    public static Command Create() => new LedgerCommand(
        "import-log", "Take what `ledger export-log` wrote into an empty database, all or nothing, check every file, event and block, build the views and compare them with those of then. Ends with 1 when they differ.",
        "LEDGER_DATABASE='Host=db;Username=ledger;Database=copy' ledger import-log /safe/ledger-2026-01-31") { Directory }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var directory = asked.GetRequiredValue(Directory).FullName;
        var (manifest, views) = await Import(ledger, directory, ct);
        HashViewsCommand.Show(views);
        Screen.Line($"{manifest.Rows:N0} rows, to position {manifest.Position}, hash {manifest.Hash}.");
        foreach (var missing in (await ledger.Get<PersonalKeyRewrap>().Uses(ct)).Where(use => !use.IsAtHand))
            Screen.Line($"The master key {missing.Id} is not here. Without it nothing that it wraps can be read: {missing.Keys:N0} keys.");
        if (Differing(manifest, views) is { Count: > 0 } differing)
            throw new RefusedException($"These views are not what they were when the archive was written: {string.Join(", ", differing)}.");
    }

    internal static async Task<(ArchiveManifest Manifest, IReadOnlyList<ViewHash> Views)> Import(OpenLedger ledger, string directory, CancellationToken ct)
    {
        var manifest = ArchiveManifest.Read(directory);
        await Screen.Progress("Reading the files", progress => ledger.Get<LogImport>().Run(directory, manifest, new Relayed(progress), ct));
        var views = ledger.Get<IReadOnlyList<View>>();
        var current = views.Current(await ledger.Get<ViewTables>().Active(ct));
        await AskedView.Try(() => Screen.Progress("Building the views", progress => ledger.Get<ViewRebuild>().Run(current, new Relayed(progress), ct)));
        return (manifest, await ledger.Get<ViewHashes>().Read(views, ct));
    }

    /// <summary>The views that have another hash than in the archive; those of another version cannot be compared.</summary>
    internal static IReadOnlyList<string> Differing(ArchiveManifest manifest, IReadOnlyList<ViewHash> views) =>
        [.. views.Where(now => manifest.Views.Any(then => (then.Name, then.Version) == (now.Name, now.Version) && then != now)).Select(now => now.Name)];
}
