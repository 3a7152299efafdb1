namespace Ledger.Messaging;

/// <summary>Reads the log and sends what policies answer to it: messages and the policy's place in the log in one commit.</summary>
/// <remarks>A new policy starts at the head of the log unless it says otherwise; its place never goes back.</remarks>
public sealed partial class PolicyRunner(
    LedgerDatabase database, EventFeed feed, Turns turns, ProcessSignals signals, IReadOnlyList<IPolicy> policies, ILogger<PolicyRunner> log)
{
    private const int EventsMax = 2000;
    private const string LeaseName = "policies";
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until stopped; what fails in passing is tried again.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (policies.Count == 0) return;
        var lease = new Lease(database, LeaseName);
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            try
            {
                if (await lease.Hold(ct) is { } epoch && await Step(epoch, ct) > 0) continue;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or CommitOutcomeUnknownException)
            {
                LogRetry(log, e.Message);
            }

            try { await LogSignal.Wait(next, Idle, ct); }
            catch (OperationCanceledException) { break; }
        }

        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(log, e.Message); }
    }

    /// <summary>Gives policies without a place the head of the log: what happens from now on is theirs, whenever they first run.</summary>
    public static Task Prepare(LedgerDatabase database, IEnumerable<IPolicy> policies, CancellationToken ct) =>
        database.RunAsWorker("""
            insert into public.mt_event_progression (name, last_seq_id)
            select name, coalesce((select max(last_position) from ledger.blocks), 0) from unnest($1) as name
            on conflict do nothing
            """, [policies.Select(PlaceName).ToArray()], ct);

    /// <summary>The position that every policy has seen.</summary>
    public async Task<long> Lowest(CancellationToken ct)
    {
        var places = await Places(ct);
        return places.Count == 0 ? long.MaxValue : places.Values.Min();
    }

    /// <summary>Answers one page. Returns how many events it read.</summary>
    public async Task<int> Step(long epoch, CancellationToken ct)
    {
        var places = await Places(ct);
        var page = await feed.After(places.Values.Min(), EventsMax, ct);
        if (page.Count == 0) return 0;

        var to = page[^1].Position;
        await Task.WhenAll(policies.Where(policy => places[policy.Name] < to).Select(policy =>
        {
            var from = places[policy.Name];
            return turns.Commit(new Commit("")
            {
                Sends = [.. page.Where(one => one.Position > from).SelectMany(happened => Answer(policy, happened))],
                Checkpoint = new(PlaceName(policy), from, to, LeaseName, epoch),
            });
        }));
        return page.Count;
    }

    private static IEnumerable<NewMessage> Answer(IPolicy policy, StoredEvent happened) =>
        policy.React(happened.Event, happened.Context).Select((send, i) => Outgoing.Derived(
            happened.Id, $"{policy.Name} {i}", happened.Tenant, send, happened.CorrelationId, happened.Id.ToString()));

    /// <summary>Each policy's place; those without one get the head, and keep it.</summary>
    private async Task<Dictionary<string, long>> Places(CancellationToken ct)
    {
        var names = policies.Select(PlaceName).ToArray();
        var rows = await database.QueryAsWorker(
            "select name, last_seq_id from public.mt_event_progression where name = any($1)", [names],
            row => (Name: row.GetString(0), Position: row.GetInt64(1)), ct);
        var places = rows.ToDictionary(row => row.Name, row => row.Position);
        if (places.Count < names.Length)
        {
            await Prepare(database, policies, ct);
            return await Places(ct);
        }

        return policies.ToDictionary(policy => policy.Name, policy => places[PlaceName(policy)]);
    }

    private static string PlaceName(IPolicy policy) => $"policy:{policy.Name}";

    [LoggerMessage(1, LogLevel.Warning, "The policies could not be run and will be tried again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);
}
