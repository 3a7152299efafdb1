namespace Ledger.EventStore.Verification;

/// <summary>Tells what was moved, put in, or lost its stream from what was merely altered, and names what is gone.</summary>
internal static class CloserLook
{
    /// <summary>Which of the events in question are, at another of the places in question, just what was written there.</summary>
    private static readonly string Movements = $"""
        select e.seq_id, o.position
        from public.mt_events e
        left join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
        cross join unnest($1) as o (position)
        left join public.mt_events there on there.seq_id = o.position
        cross join {EventCheck.BlockOf("o.position")}
        where e.seq_id = any($1) and o.position <> e.seq_id
          and b.digest in ({EventCheck.Digest("o.position", "e.version", "s.type")},
                           {EventCheck.Digest("o.position", "there.version", "s.type")})
        """;

    /// <summary>Which of the events in question are as they were written, but for the kind of their stream.</summary>
    private static readonly string Kinds = $"""
        select e.seq_id, k.type
        from public.mt_events e
        cross join (select distinct type from public.mt_streams) k
        cross join {EventCheck.BlockOf("e.seq_id")}
        where e.seq_id = any($1) and b.digest = {EventCheck.Digest("e.seq_id", "e.version", "k.type")}
        """;

    public static async Task Run(LogSnapshot log, FindingList findings, CancellationToken ct)
    {
        var asked = findings.Kept
            .Where(one => one is { Position: > 0, Kind: FindingKind.Altered or FindingKind.Removed or FindingKind.PutIn }).ToList();
        if (asked.Count == 0) return;

        var positions = asked.Select(one => one.Position!.Value).Distinct().ToArray();
        var moved = await log.Query(Movements, [positions], row => (Now: row.GetInt64(0), Before: row.GetInt64(1)), ct);
        var kinds = await log.Query(Kinds, [positions], row => (At: row.GetInt64(0), Kind: row.GetStringOrNull(1)), ct);
        var names = await log.Query(
            "select position, type, stream_id from ledger.event_index where position = any($1)", [positions],
            row => (At: row.GetInt64(0), Type: row.GetString(1), Stream: row.GetGuid(2)), ct);
        var from = moved.ToLookup(one => one.Now, one => one.Before);
        var to = moved.ToLookup(one => one.Before, one => one.Now);

        foreach (var one in asked)
        {
            var at = one.Position!.Value;
            var better = one.Kind switch
            {
                FindingKind.Removed when to[at].Any() =>
                    one with { Kind = FindingKind.Moved, Detail = $"The event now stands at position {to[at].First()}." },
                FindingKind.Removed => one,
                _ when from[at].Any() =>
                    one with { Kind = FindingKind.Moved, Detail = $"The event was written at position {from[at].First()}." },
                FindingKind.Altered when kinds.FindIndex(kind => kind.At == at) is >= 0 and var found => one with
                {
                    Kind = FindingKind.StreamAltered,
                    Detail = $"When the event was written, its stream was a {kinds[found].Kind} stream.",
                },
                FindingKind.Altered when to[at].Any() =>
                    one with { Kind = FindingKind.PutIn, Detail = $"Another event was written here; it now stands at position {to[at].First()}." },
                _ => one,
            };
            if (one.Kind is FindingKind.Removed && names.FindIndex(name => name.At == at) is >= 0 and var known)
                better = better with { EventType = names[known].Type, Stream = names[known].Stream };
            if (better != one) findings.Replace(one, better);
        }
    }
}
