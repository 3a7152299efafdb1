using System.Text.Json.Nodes;
using Ledger.Torture.Load;

namespace Ledger.Torture.Checks;

/// <summary>Whether all that was acknowledged is there exactly once, as it was acknowledged, and nothing else is.</summary>
internal static class Stored
{
    private static readonly Dictionary<string, (string Event, string Path)> Made = new()
    {
        ["createCustomer"] = ("customer_created", "/customers"),
        ["addPaymentMethod"] = ("payment_method_added", "/payment-methods"),
        ["createSubscription"] = ("subscription_created_v2", "/subscriptions"),
    };

    /// <summary>What later events change of a thing, and so need not be as it was acknowledged.</summary>
    private static readonly string[] Changing =
        ["status", "is_default", "invoiced_until", "next_billing_on", "dunning", "ends_on"];

    /// <summary>Asks for each thing, and sends each request once more: both tell the same as the first answer.</summary>
    public static async Task Reread(IEnumerable<Caller> callers, Findings findings, Action<int> tell)
    {
        var read = 0;
        await Task.WhenAll(callers.Select(async caller =>
        {
            foreach (var one in caller.Acknowledged.Where(one => one.IsDone && Made.ContainsKey(one.What)).ToList())
            {
                var now = await caller.Get($"{Made[one.What].Path}/{one.Id}");
                if (now.Status != 200 || !JsonNode.DeepEquals(Lasting(now.Json), Lasting(one.Json!)))
                    findings.Add($"{one} was acknowledged as {one.Json}, and is {now.Status} {now.Text}");
                var again = await caller.Repeat(one);
                if (again.Status != one.Status || !JsonNode.DeepEquals(again.Json, one.Json))
                    findings.Add($"{one} was answered {one.Json}, and its repeat {again.Status} {again.Text}");
                tell(Interlocked.Increment(ref read));
            }
        }));
    }

    public static async Task<IEnumerable<string>> Check(Database database, IReadOnlyList<Acknowledged> all) =>
        [.. await OfThings(database, all), .. await OfChanges(database, all)];

    private static async Task<IEnumerable<string>> OfThings(Database database, IReadOnlyList<Acknowledged> all)
    {
        var findings = new List<string>();
        foreach (var (what, (type, _)) in Made)
        {
            var acknowledged = all.Where(one => one.What == what && one.IsDone).ToLookup(one => one.Id);
            var stored = (await database.Lines($"select data ->> 'id' from mt_events where type = '{type}'")).ToLookup(id => id);
            findings.AddRange(acknowledged.Where(one => stored[one.Key].Count() != 1).Select(one => $"{one.First()} is {stored[one.Key].Count()} times in the log: {one.Key}"));
            findings.AddRange(acknowledged.Where(one => one.Count() > 1).Select(one => $"{one.First()} was answered to {one.Count()} requests: {one.Key}"));
            findings.AddRange(stored.Where(one => !acknowledged.Contains(one.Key)).Select(one => $"{type} {one.Key} is in the log, and nobody was told of it"));
        }

        return findings;
    }

    /// <summary>Each change that was acknowledged is there, and no more than were asked for.</summary>
    private static async Task<IEnumerable<string>> OfChanges(Database database, IReadOnlyList<Acknowledged> all)
    {
        var findings = new List<string>();
        foreach (var (what, types) in new[] { ("pause", "'subscription_paused'"), ("resume", "'subscription_resumed'") })
        {
            var asked = all.Where(one => one.What == $"{what}Subscription").ToLookup(one => one.Path.Split('/')[2]);
            var stored = (await database.Lines($"select stream_id from mt_events where type in ({types})")).ToLookup(id => id);
            foreach (var id in asked.Select(one => one.Key).Union(stored.Select(one => one.Key)))
            {
                // A request that was carried out, not acknowledged, and refused when it was repeated leaves its event too.
                var (least, most) = (asked[id].Count(one => one.IsDone), asked[id].Count(one => one.IsDone || one.Tries > 1));
                if (stored[id].Count() < least || stored[id].Count() > most)
                    findings.Add($"{what} of {id} was acknowledged {least} times and is {stored[id].Count()} times in the log");
            }
        }

        var cancelled = (await database.Lines("select stream_id from mt_events where type in ('subscription_cancelled', 'subscription_cancel_scheduled')")).ToHashSet();
        var wanted = all.Where(one => one.What == "cancelSubscription").ToLookup(one => one.Path.Split('/')[2]);
        findings.AddRange(wanted.Where(one => one.Any(ask => ask.IsDone) && !cancelled.Contains(one.Key)).Select(one => $"{one.First()} is not in the log"));
        findings.AddRange(cancelled.Where(id => !wanted.Contains(id)).Select(id => $"{id} was cancelled, and nobody had asked for it"));
        return findings;
    }

    private static JsonObject Lasting(JsonNode thing)
    {
        var lasting = thing.DeepClone().AsObject();
        foreach (var name in Changing) _ = lasting.Remove(name);
        return lasting;
    }
}
