namespace Ledger.Torture.Checks;

/// <summary>Whether the log and the numbers are without gaps, and nothing is left to be done.</summary>
internal static class LogAndMessages
{
    private static readonly string[] Questions =
    [
        "select 'positions have gaps: the last is', max(seq_id), 'of', count(*) from mt_events having max(seq_id) <> count(*)",
        "select 'versions have gaps:', stream_id, max(version), count(*) from mt_events group by stream_id having max(version) <> count(*)",
        "select 'a stream and its events differ:', s.id, s.version from mt_streams s where s.version <> (select max(version) from mt_events e where e.stream_id = s.id)",
        "select 'an event came twice:', id, count(*) from mt_events group by id having count(*) > 1",
        "select 'invoice numbers have gaps: the last is', max(number), 'of', count(*) from views.invoices having max(number) <> count(*) or count(distinct number) <> count(*)",
        "select 'a message is left:', m::text from ledger.messages m",
        "select 'a message is dead:', m::text from ledger.dead_messages m",
        "select 'a billing run or a move of the clock has not ended:', stream_id, string_agg(type, ' ') from mt_events "
            + "where type ~ '^(billing_run|clock_advance)_' group by stream_id having count(*) <> 2",
    ];

    public static async Task<IEnumerable<string>> Check(Database database)
    {
        var findings = new List<string>();
        foreach (var question in Questions) findings.AddRange(await database.Lines(question));
        return findings;
    }
}
