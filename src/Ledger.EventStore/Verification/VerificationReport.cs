namespace Ledger.EventStore.Verification;

/// <summary>What checking the whole log has shown.</summary>
/// <param name="Head">The end of the log that was checked.</param>
/// <param name="Events">How many events were checked.</param>
/// <param name="Findings">The first of them, by position; none if all is as it was written.</param>
/// <param name="FindingsInAll">How many there were; more than <paramref name="Findings"/> holds, if there are many.</param>
/// <param name="CannotExclude">What could have happened all the same, unseen; null if nothing could.</param>
public sealed record VerificationReport(
    LogHead Head, long Events, IReadOnlyList<Finding> Findings, long FindingsInAll, string? CannotExclude)
{
    public bool IsIntact => Findings.Count == 0;
}
