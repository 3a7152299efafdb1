namespace Ledger.EventStore.Commits;

/// <summary>What <c>ledger.take_turn</c> said.</summary>
internal sealed record TurnAnswer(Instant RecordedAt, long Head, int[] Failed, int[] Outcomes, int[] Details, long?[]? Numbers)
{
    public static TurnAnswer Read(NpgsqlDataReader reader) => new(
        reader.GetInstant(0), reader.GetInt64(1), reader.GetFieldValue<int[]>(2), reader.GetFieldValue<int[]>(3),
        reader.GetFieldValue<int[]>(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<long?[]>(5));

    public CommitResult[] Results(IReadOnlyList<Commit> commits, TurnCall call)
    {
        var results = new CommitResult?[commits.Count];
        for (var i = 0; i < Failed.Length; i++) results[Failed[i]] ??= Refusal(Outcomes[i], Details[i], call);

        // Positions follow the order of the call, over the commits that stand; the last one is the head.
        var position = Head;
        for (var i = 0; i < commits.Count; i++)
            if (results[i] is null) position -= commits[i].Events.Count;

        var ordinal = 0;
        for (var i = 0; i < commits.Count; i++)
        {
            var count = commits[i].Events.Count;
            if (results[i] is null)
            {
                var first = position + 1;
                var from = ordinal;
                results[i] = new CommitResult.Committed(
                    Head, [.. Enumerable.Range(0, count).Select(n => first + n)],
                    [.. Enumerable.Range(from, count).Select(n => Numbers?[n])], RecordedAt);
                position += count;
            }

            ordinal += count;
        }

        return results!;
    }

    private static CommitResult Refusal(int outcome, int detail, TurnCall call) => outcome switch
    {
        1 => new CommitResult.StreamMovedOn(call.Streams[detail - 1]),
        2 => new CommitResult.ClaimTaken(call.Claims[detail - 1]),
        3 => new CommitResult.KeyKnown(),
        4 => new CommitResult.MessageLost(),
        5 => new CommitResult.CheckpointLost(),
        _ => throw new System.Diagnostics.UnreachableException($"A turn answered {outcome}."),
    };
}
