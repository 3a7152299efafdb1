namespace Ledger.EventStore.Verification;

/// <summary>Checks that the blocks are one chain: each as it was hashed, after the one before, without a hole.</summary>
internal static class BlockCheck
{
    private const int BlocksMax = 10_000;

    /// <summary>The instant must be finite to be hashed; a block whose is not has no hash that could be right.</summary>
    private const string Page = """
        with page as (
            select b.first_position, b.last_position, b.previous, b.hash,
                   case when isfinite(b.recorded_at)
                        then ledger.block_hash(b.first_position, b.last_position, b.recorded_at, b.digests, b.previous) end as computed,
                   octet_length(b.digests) as bytes
            from ledger.blocks b where b.last_position >= $1 order by b.last_position limit $2
        )
        select p.last_position, p.first_position,
               p.hash is not distinct from p.computed
                   and p.bytes = 32::numeric * (p.last_position::numeric - p.first_position + 1),
               p.previous is not distinct from lag(p.hash, 1, $3) over (order by p.last_position), p.hash
        from page p order by p.last_position
        """;

    /// <returns>The position of the last block.</returns>
    public static async Task<long> Run(LogSnapshot log, FindingList findings, CancellationToken ct)
    {
        var last = 0L;
        var from = long.MinValue;
        var hash = LogHead.Seed;
        while (true)
        {
            var page = await log.Query(
                Page, [from, BlocksMax, hash],
                row => (Last: row.GetInt64(0), First: row.IsDBNull(1) ? long.MinValue : row.GetInt64(1), IsHashRight: Flag(row, 2),
                    Follows: Flag(row, 3), Hash: row.IsDBNull(4) ? [] : row.GetFieldValue<byte[]>(4)), ct);
            foreach (var block in page)
            {
                if (block.First > last + 1)
                    findings.Add(new(FindingKind.BlockRemoved, last + 1, null, null, $"No block holds positions {last + 1} to {block.First - 1}."));
                else if (block.First <= last)
                    findings.Add(new(FindingKind.BlockAltered, block.First, null, null, $"The block to position {block.Last} begins before the one before has ended."));
                if (!block.IsHashRight)
                    findings.Add(new(FindingKind.BlockAltered, block.First, null, null, $"The block to position {block.Last} does not have the hash of what is in it."));
                if (!block.Follows)
                    findings.Add(new(FindingKind.BlockAltered, block.First, null, null, $"The block to position {block.Last} does not follow from the one before."));
                (last, hash) = (Math.Max(last, block.Last), block.Hash);
            }

            if (page.Count < BlocksMax || last == long.MaxValue) return last;
            from = last + 1;
        }
    }

    private static bool Flag(NpgsqlDataReader row, int column) => !row.IsDBNull(column) && row.GetBoolean(column);
}
