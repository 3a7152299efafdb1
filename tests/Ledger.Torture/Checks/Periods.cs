using System.Text.Json.Nodes;
using NodaTime;

namespace Ledger.Torture.Checks;

/// <summary>Whether every period of every subscription was billed once, and none was left out.</summary>
internal static class Periods
{
    /// <param name="today">The last day of the run, with nothing left to do.</param>
    public static async Task<IEnumerable<string>> Check(Database database, LocalDate today)
    {
        var findings = await database.Lines("""
            select 'an invoice and its period differ:', i.stream_id, b.stream_id, coalesce(i.data ->> 'period', b.data ->> 'period')
            from (select * from mt_events where type = 'invoice_issued') i
            full join (select * from mt_events where type = 'subscription_billed') b
                on (b.data ->> 'invoice_id')::uuid = i.stream_id and b.data -> 'period' = i.data -> 'period'
                   and b.stream_id = (i.data ->> 'subscription_id')::uuid
            where i.stream_id is null or b.stream_id is null
            """);
        findings.AddRange(await database.Lines("""
            select 'a period was billed more than once:', data ->> 'subscription_id', data ->> 'period', count(*)
            from mt_events where type = 'invoice_issued' group by 2, 3 having count(*) > 1
            """));
        var events = await database.Rows(
            "select stream_id::text, type, data::text from mt_events where type like 'subscription%' order by stream_id, version",
            row => (Stream: row.GetString(0), Type: row.GetString(1), Data: JsonNode.Parse(row.GetString(2))!));
        foreach (var one in events.GroupBy(happened => happened.Stream))
        {
            var walked = new WalkedSubscription(one.Key);
            foreach (var (_, type, data) in one) walked.Walk(type, data);
            walked.End(today);
            findings.AddRange(walked.Findings);
        }

        return findings;
    }
}
