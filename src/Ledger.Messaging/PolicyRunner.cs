using System.Collections.Concurrent;

namespace Ledger.Messaging;

/// <summary>Reads the log and sends what policies answer to it: messages and the policy's place in the log in one commit.</summary>
/// <remarks>
/// A new policy starts at the head of the log unless it says otherwise; its place never goes back. A policy that throws
/// stops alone, before the event it threw at, and says so. Before an event that this version cannot read all of them wait:
/// a newer version may know what follows from it, and is let to the front.
/// </remarks>
public sealed partial class PolicyRunner : ILoop
{
    private const int EventsMax = 2000;
    private const string LeaseName = "policies";
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LetOthers = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, string> stopped = new();
    private readonly IPolicyPlaces places;
    private readonly ILeaseRows leases;
    private readonly IEventPages feed;
    private readonly GroupCommit groupCommit;
    private readonly ProcessSignals signals;
    private readonly IReadOnlyList<IPolicy> policies;
    private readonly TimeProvider time;
    private readonly ILogger<PolicyRunner> log;

    public PolicyRunner(
        LedgerDatabase database, EventFeed feed, GroupCommit groupCommit, ProcessSignals signals, IReadOnlyList<IPolicy> policies, ILogger<PolicyRunner> log)
        : this(new PolicyPlaces(database), new LeaseRows(database), feed, groupCommit, signals, policies, TimeProvider.System, log) { }

    internal PolicyRunner(
        IPolicyPlaces places, ILeaseRows leases, IEventPages feed, GroupCommit groupCommit, ProcessSignals signals, IReadOnlyList<IPolicy> policies,
        TimeProvider time, ILogger<PolicyRunner> log) =>
        (this.places, this.leases, this.feed, this.groupCommit, this.signals, this.policies, this.time, this.log) =
        (places, leases, feed, groupCommit, signals, policies, time, log);

    /// <summary>Why a policy has stopped, by its name.</summary>
    public IReadOnlyDictionary<string, string> Stopped => stopped;

    /// <summary>Runs until stopped; what fails in passing is tried again.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (policies.Count == 0) return;
        var lease = new Lease(leases, LeaseName, time);
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            try
            {
                if (await lease.Hold(ct) is { } epoch)
                {
                    var (read, isLost) = await AnswerPage(epoch, ct);
                    if (isLost) lease.Doubt();
                    if (read > 0) continue;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or CommitOutcomeUnknownException)
            {
                LogRetry(log, e.Message);
            }
            catch (UnreadableInLogException e)
            {
                LogUnreadable(log, e.Message);
                await Rest(lease, ct);
                continue;
            }
#pragma warning disable CA1031 // The boundary of the runner: what nobody foresaw is said, and tried again as well.
            catch (Exception e) { LogUnforeseen(log, e); }
#pragma warning restore CA1031

            try { await LogSignal.Wait(next, Idle, time, ct); }
            catch (OperationCanceledException) { break; }
        }

        await LetGo(lease);
    }

    private async Task Rest(Lease lease, CancellationToken ct)
    {
        await LetGo(lease);
        try { await Task.Delay(LetOthers, time, ct); }
        catch (OperationCanceledException) { }
    }

    private async Task LetGo(Lease lease)
    {
        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(log, e.Message); }
    }

    /// <summary>Gives policies without a place the head of the log: what happens from now on is theirs, whenever they first run.</summary>
    public static Task Prepare(LedgerDatabase database, IEnumerable<IPolicy> policies, CancellationToken ct) =>
        new PolicyPlaces(database).BeginAtHead([.. policies.Select(PlaceName)], ct);

    /// <summary>The position that every policy has seen.</summary>
    public async Task<long> Lowest(CancellationToken ct)
    {
        var reached = await Places(ct);
        return reached.Count == 0 ? long.MaxValue : reached.Values.Min();
    }

    /// <summary>Answers one page. Returns how many events it read.</summary>
    /// <exception cref="UnreadableInLogException">The next event cannot be read.</exception>
    public async Task<int> Step(long epoch, CancellationToken ct) => (await AnswerPage(epoch, ct)).Read;

    private async Task<(int Read, bool IsLost)> AnswerPage(long epoch, CancellationToken ct)
    {
        var reached = await Places(ct);
        var running = policies.Where(policy => !stopped.ContainsKey(policy.Name)).ToList();
        if (running.Count == 0) return (0, false);
        var page = await feed.After(running.Min(policy => reached[policy.Name]), EventsMax, ct);
        if (page.Count == 0) return (0, false);

        var readable = page.TakeWhile(one => one.Event is not UnreadableEvent).ToList();
        if (readable.Count == 0) throw new UnreadableInLogException(page[0]);
        var pages = running.Select(policy => Answer(policy, readable, reached[policy.Name])).ToList();
        var results = await Task.WhenAll(pages.Where(one => one.From < one.To).Select(one => groupCommit.Commit(new Commit("")
        {
            Sends = one.Sends, Checkpoint = new(PlaceName(one.Policy), one.From, one.To, LeaseName, epoch),
        })));
        return (readable.Count, results.Any(result => result is CommitResult.CheckpointLost));
    }

    /// <summary>What a policy answers to the events after its place, up to one that it throws at.</summary>
    private PolicyPage Answer(IPolicy policy, IReadOnlyList<StoredEvent> page, long from)
    {
        var (sends, to) = (new List<NewMessage>(), from);
        foreach (var happened in page.Where(one => one.Position > from))
        {
#pragma warning disable CA1031 // The boundary of a policy: its fault is its own.
            try { sends.AddRange(Answer(policy, happened)); }
            catch (Exception e)
            {
                stopped[policy.Name] = $"{e.GetType().Name} at position {happened.Position} ({happened.Type}): {e.Message}";
                LogStopped(log, policy.Name, stopped[policy.Name]);
                break;
            }
#pragma warning restore CA1031
            to = happened.Position;
        }

        return new(policy, from, to, sends);
    }

    private static List<NewMessage> Answer(IPolicy policy, StoredEvent happened) =>
        [.. policy.React(happened.Event, happened.Context).Select((send, i) => Outgoing.Derived(
            happened.Id, $"{policy.Name} {i}", happened.Tenant, send, happened.CorrelationId, happened.Id.ToString()))];

    /// <summary>Each policy's place; those without one get the head, and keep it.</summary>
    private async Task<Dictionary<string, long>> Places(CancellationToken ct)
    {
        var names = policies.Select(PlaceName).ToArray();
        var reached = await places.Of(names, ct);
        if (reached.Count < names.Length)
        {
            await places.BeginAtHead(names, ct);
            return await Places(ct);
        }

        return policies.ToDictionary(policy => policy.Name, policy => reached[PlaceName(policy)]);
    }

    private static string PlaceName(IPolicy policy) => $"policy:{policy.Name}";

    [LoggerMessage(1, LogLevel.Warning, "The policies could not be run and will be tried again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "The policy {Policy} has stopped: {Reason}. What it answers to is left undone; correct it and start again.")]
    private static partial void LogStopped(ILogger log, string policy, string reason);

    [LoggerMessage(3, LogLevel.Error, "The policies wait: {Reason}")]
    private static partial void LogUnreadable(ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Error, "The policies could not be run and will be tried again.")]
    private static partial void LogUnforeseen(ILogger log, Exception reason);

    private sealed record PolicyPage(IPolicy Policy, long From, long To, IReadOnlyList<NewMessage> Sends);
}

/// <summary>The log goes on with an event that this program cannot read.</summary>
public sealed class UnreadableInLogException(StoredEvent happened)
    : Exception($"position {happened.Position} ({happened.Type}) cannot be read: {((UnreadableEvent)happened.Event).Reason.Message}");
