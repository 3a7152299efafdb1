namespace Ledger.EventStore.Verification;

/// <summary>Checks the whole log: every event, block, stream and row of the index, against one another and the chain.</summary>
/// <remarks>
/// It looks at one instant of the log, a page at a time, and may run while the log is written. What is wrong is told, never
/// thrown.
/// </remarks>
public sealed class LogVerifier(LedgerDatabase database)
{
    private const string WithoutHead =
        "That the last blocks, and all that was written with them, were removed or written anew. A signed head, kept elsewhere, would show it.";

    private const string BeyondHead =
        "That blocks after the signed head were removed or written anew. A newer signed head would show it.";

    /// <param name="progress">Told how many positions have been checked, of how many.</param>
    /// <param name="expectedHead">A head that the log once had, its signature checked by the caller; null if there is none.</param>
    public async Task<VerificationReport> Verify(
        IProgress<(long Done, long Total)>? progress, SignedHead? expectedHead, CancellationToken ct)
    {
        await using var log = await LogSnapshot.Take(database, ct);
        return await Verify(log, progress, expectedHead, ct);
    }

    internal static async Task<VerificationReport> Verify(
        LogSnapshot log, IProgress<(long Done, long Total)>? progress, SignedHead? expectedHead, CancellationToken ct)
    {
        var head = await LogHead.Read(log, ct);
        var findings = new FindingList();
        if (expectedHead is not null) await CheckHead(log, head, expectedHead, findings, ct);
        var last = await BlockCheck.Run(log, findings, ct);
        var events = await EventCheck.Run(log, last, findings, progress, ct);
        await StreamCheck.Run(log, findings, ct);
        await IndexCheck.Run(log, findings, ct);
        await CloserLook.Run(log, findings, ct);
        var open = expectedHead is null ? WithoutHead : expectedHead.Position < head.Position ? BeyondHead : null;
        return new(head, events, findings.Told, findings.InAll, open);
    }

    private static async Task CheckHead(
        LogSnapshot log, LogHead head, SignedHead expected, FindingList findings, CancellationToken ct)
    {
        if (head.Position < expected.Position)
        {
            findings.Add(new(FindingKind.TailCut, head.Position + 1, null, null,
                $"The log ends at position {head.Position}; its signed head is at {expected.Position}."));
            return;
        }

        var hashes = expected.Position == 0
            ? [LogHead.Empty.Hash]
            : await log.Query("select coalesce(encode(hash, 'hex'), '') from ledger.blocks where last_position = $1",
                [expected.Position], row => row.GetString(0), ct);
        if (hashes is not [var hash] || hash != expected.Hash)
            findings.Add(new(FindingKind.TailCut, expected.Position, null, null,
                "The log has another block here than when its head was signed: some of what came before was written anew."));
    }
}
