using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Notifications;

/// <summary>The message log of a tenant, as its staff read it.</summary>
internal static class MessageLog
{
    public static async Task<IReadOnlyList<JsonNode>> Lines(LedgerClient client, string query = "") =>
        [.. (await client.Get($"/message-logs{query}")).Is(200).Json["data"]!.AsArray().Select(one => one!)];

    /// <summary>Waits until these were written about and all of it has ended, in whatever order.</summary>
    public static async Task<IReadOnlyList<JsonNode>> Until(LedgerClient client, string query, params string[] events)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            var lines = await Lines(client, query);
            if (lines.All(one => Text(one, "status") != "pending") && lines.Select(one => Text(one, "event")).Order().SequenceEqual(events.Order())) return lines;
            await Task.Delay(25);
        }

        throw new TimeoutException($"Not {string.Join(", ", events)}: {string.Join("\n", (await Lines(client, query)).Select(one => one.ToJsonString()))}");
    }

    /// <summary>Waits until the newest line is as wished for.</summary>
    public static async Task<JsonNode> Newest(LedgerClient client, string status, int attempts)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            if (await Lines(client) is [var one, ..] && Text(one, "status") == status && one["attempts"]!.GetValue<int>() == attempts && (status != "pending" || one["next_at"] is not null)) return one;
            await Task.Delay(25);
        }

        throw new TimeoutException($"Not {status} after {attempts}: {string.Join("\n", (await Lines(client)).Select(one => one.ToJsonString()))}");
    }

    public static string Text(JsonNode line, string name) => line[name]!.GetValue<string>();
}
