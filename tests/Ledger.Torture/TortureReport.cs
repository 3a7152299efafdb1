using System.Globalization;
using Ledger.Torture.Faults;

namespace Ledger.Torture;

/// <summary>What a run was and what it found.</summary>
/// <param name="Done">The faults that happened, and where the log stood, counted from the first one's beginning.</param>
/// <param name="CutsMet">How many of the cut requests came by.</param>
internal sealed record TortureReport(
    TortureOptions Options, IReadOnlyList<(long At, Fault Fault)> Done, int CutsMet, int StartsGivenUp, TimeSpan Took,
    IReadOnlyList<(string Name, string Figure)> Work, IReadOnlyList<string> Findings)
{
    public int Kills => Done.Count(one => one.Fault is Fault.Kill);

    public IEnumerable<(string Name, string Figure)> Figures =>
    [
        ("seed", $"{Options.Seed}"), ("kills", $"{Kills}"),
        .. Done.Select(one => one.Fault).OfType<Fault.Kill>().CountBy(kill => kill.Victim).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => ($"  of {one.Key}", $"{one.Value}")),
        ("requests cut, of those planned", $"{CutsMet} of {Count<Fault.Cut>()}"), ("all connections of a program cut", $"{Count<Fault.Sever>()}"),
        ("programs frozen", $"{Count<Fault.Freeze>()}"), ("faults of the provider", $"{Count<Fault.Provider>()}"),
        ("starts given up without a database", $"{StartsGivenUp}"), .. Work,
        ("took", Took.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)), ("findings", $"{Findings.Count}"),
    ];

    private int Count<T>() where T : Fault => Done.Count(one => one.Fault is T);
}
