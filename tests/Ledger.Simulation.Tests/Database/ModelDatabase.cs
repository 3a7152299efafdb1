using System.Diagnostics;
using Ledger.EventStore.Projecting;
using Npgsql;

namespace Ledger.Simulation.Tests.Database;

/// <summary>What the database does for batches, leases, messages and the feed, in memory; each call happens in one moment.</summary>
/// <remarks>Held against the real one by <c>ModelTests</c>. Personal keys and search words are left out.</remarks>
internal sealed class ModelDatabase(Func<Instant> clock, History? history, Mutant mutant = Mutant.None)
{
    /// <summary>A commit by this actor is one that the database cannot store, such as a zero character in a text.</summary>
    public const string Unstorable = "unstorable";

    private readonly Dictionary<(string, Guid), long> streams = [];
    private readonly Dictionary<(string, string, string), Guid> claims = [];
    private readonly Dictionary<(string, string), long> numbers = [];
    private readonly Dictionary<IdempotencyKey, (IdempotencyRecord Record, Instant At)> keys = [];
    private readonly Dictionary<string, (Guid Owner, long Epoch, Instant Until)> leases = [];
    private readonly Dictionary<string, Instant> clocks = [];
    private long sequence;

    public List<(StoredEvent Event, long? Number)> Log { get; } = [];
    public Dictionary<Guid, MessageRow> Messages { get; } = [];
    public Dictionary<Guid, MessageRow> Dead { get; } = [];
    public Dictionary<string, long> Places { get; } = [];

    public IReadOnlyDictionary<(string, Guid), long> Streams => streams;
    public IReadOnlyDictionary<(string, string, string), Guid> Claims => claims;
    public IReadOnlyDictionary<string, (Guid Owner, long Epoch, Instant Until)> Leases => leases;

    /// <summary>The rows of each view, by the view's name.</summary>
    public Dictionary<string, Dictionary<Guid, long>> Views { get; } = [];

    public long Version(string tenant, Guid stream) => streams.GetValueOrDefault((tenant, stream));

    public BatchWritten WriteBatch(IReadOnlyList<Commit> commits)
    {
        if (commits.Any(one => one.Headers is { ActorId: Unstorable }))
            throw new PostgresException("unsupported Unicode escape sequence", "ERROR", "ERROR", PostgresErrorCodes.UntranslatableCharacter);

        var at = clock();
        if (Log.Count > 0 && Log[^1].Event.RecordedAt > at) at = Log[^1].Event.RecordedAt;
        var refusals = commits.Select(one => Refusal(one, at)).ToArray();
        var positions = new List<long>[commits.Count];
        var drawn = new List<long?>[commits.Count];
        for (var i = 0; i < commits.Count; i++)
            (positions[i], drawn[i]) = refusals[i] is null ? Append(commits[i], at) : ([], []);

        var standing = commits.Where((_, i) => refusals[i] is null).ToList();
        foreach (var one in standing) WriteClaims(one);
        foreach (var one in standing) WriteKey(one, at);
        foreach (var one in standing) MoveClock(one, at);
        foreach (var one in standing) Complete(one);
        Send(standing, at);
        foreach (var one in standing)
        {
            if (one.Checkpoint is not { } move) continue;
            history?.Moved(move, Places.GetValueOrDefault(move.Name), Epoch(move));
            Places[move.Name] = move.To;
        }

        return new(Log.Count, [.. commits.Select((_, i) => refusals[i]
            ?? new CommitResult.Committed(Log.Count, positions[i], drawn[i], at))]);
    }

    public CommitResult.Committed? FindWritten(Commit commit)
    {
        if (mutant is Mutant.LostAnswerIsRefusal) return null;
        if (commit.Events.Count > 0)
        {
            var found = commit.Events.Select(mine => Log.Find(one => one.Event.Tenant == commit.Tenant && one.Event.Id == mine.Id
                && one.Event.Stream.Id == mine.Stream.Id && one.Event.Version == mine.Version)).ToList();
            return found.Exists(one => one.Event is null) ? null : new(
                found[^1].Event.Position, [.. found.Select(one => one.Event.Position)], [.. found.Select(one => one.Number)], found[^1].Event.RecordedAt);
        }

        var stands = commit switch
        {
            { Completes: { } done } => !Messages.ContainsKey(done.Id),
            { Idempotency: { } record } => keys.TryGetValue(record.Key, out var known)
                && known.Record.RequestHash.AsSpan().SequenceEqual(record.RequestHash) && known.Record.IsDone == record.IsDone
                && known.Record.Status == record.Status && known.Record.Body.AsSpan().SequenceEqual(record.Body),
            { Checkpoint: { } move } => Places.TryGetValue(move.Name, out var place) && place == move.To,
            _ => false,
        };
        return stands ? new(0, [], [], Instant.MinValue) : null;
    }

    public long? TakeLease(string name, Guid owner, TimeSpan length)
    {
        var now = clock();
        if (leases.TryGetValue(name, out var held) && held.Owner != owner && held.Until >= now) return null;
        var epoch = held.Owner == owner ? held.Epoch : held.Epoch + 1;
        leases[name] = (owner, epoch, now + Duration.FromTimeSpan(length));
        return epoch;
    }

    public int EndLease(string name, Guid owner)
    {
        if (!leases.TryGetValue(name, out var held) || held.Owner != owner) return 0;
        leases[name] = held with { Until = clock() };
        return 1;
    }

    public List<LeasedMessage> Take(int limit)
    {
        var now = clock();
        var due = Messages.Values.Where(one => !one.IsBlocked && (one.RunAt <= now || (mutant is Mutant.TakenTwice && one.IsLeased)))
            .OrderBy(one => one.RunAt).ThenBy(one => one.Sequence).Take(limit).ToList();
        foreach (var one in due)
        {
            history?.Taken(one, now);
            one.Attempts++;
            if (one.IsLeased) one.Failures++;
            one.IsLeased = true;
            one.RunAt = now + Duration.FromTimeSpan(MessageTable.Lease);
        }

        return [.. due.Select(one => new LeasedMessage(one.Id, one.Tenant, one.Message.Type, one.Message.Json, one.Attempts, one.Failures,
            one.Message.CorrelationId, one.Message.CausationId, clocks.TryGetValue(one.Tenant, out var at) ? at : now))];
    }

    public int Extend(IReadOnlyCollection<MessageLease> mine)
    {
        var kept = mine.Select(Leased).OfType<MessageRow>().ToList();
        foreach (var one in kept) one.RunAt = clock() + Duration.FromTimeSpan(MessageTable.Lease);
        return kept.Count;
    }

    public int PutBack(MessageLease lease, TimeSpan after, string? failure)
    {
        if (Leased(lease) is not { } row) return 0;
        row.RunAt = clock() + Duration.FromTimeSpan(after);
        row.IsLeased = false;
        row.Failures = string.IsNullOrEmpty(failure) ? 0 : row.Failures + 1;
        return 1;
    }

    public bool Bury(MessageLease lease)
    {
        if (Leased(lease) is not { } row) return false;
        _ = Messages.Remove(row.Id);
        Dead.Add(row.Id, row);
        FreeNext(row);
        return true;
    }

    public bool Revive(Guid id)
    {
        if (!Dead.Remove(id, out var dead)) return false;
        Messages.Add(id, new(dead.Message, ++sequence) { IsBlocked = IsWaitedFor(dead.Message), RunAt = clock() });
        return true;
    }

    public void BeginAtHead(string[] names)
    {
        foreach (var name in names) _ = Places.TryAdd(name, Log.Count);
    }

    public List<StoredEvent> After(long position, int limit) => [.. Log.Skip((int)position).Take(limit).Select(one => one.Event)];

    /// <summary>As <c>ledger.move_view</c> does it, with the rows.</summary>
    public void WriteViews(IReadOnlyList<ViewPage> pages, string lease, long epoch)
    {
        foreach (var page in pages)
        {
            var current = leases.TryGetValue(lease, out var held) ? held.Epoch : (long?)null;
            if ((Places[ViewPlace(page.Table)] != page.From && mutant is not Mutant.CheckpointFromAnywhere)
                || (current != epoch && mutant is not Mutant.LeaseWithoutEpoch))
                throw new PostgresException("the view has moved on", "ERROR", "ERROR", "LG001");
        }

        foreach (var page in pages)
        {
            var move = new CheckpointMove(ViewPlace(page.Table), page.From, page.To, lease, epoch);
            history?.Moved(move, Places[move.Name], Epoch(move));
            Places[move.Name] = page.To;
            ((TallyFold)page.Rows).Store(Views[page.View.Name]);
        }
    }

    public Dictionary<string, ActiveTable> ActiveViews() =>
        Views.Keys.ToDictionary(name => name, name => new ActiveTable(name, 1, name, null, Places[ViewPlace(name)]));

    /// <summary>An empty view at the start of the log.</summary>
    public void AddView(View view)
    {
        Views.Add(view.Name, []);
        Places.Add(ViewPlace(view.Name), 0);
    }

    private static string ViewPlace(string table) => $"view:{table}";

    private MessageRow? Leased(MessageLease lease) =>
        Messages.TryGetValue(lease.Id, out var row) && row.Attempts == lease.Attempts ? row : null;

    private long? Epoch(CheckpointMove move) =>
        move.LeaseName is { } name && leases.TryGetValue(name, out var lease) ? lease.Epoch : null;

    private CommitResult? Refusal(Commit commit, Instant at)
    {
        foreach (var (stream, version, _) in commit.Streams)
            if (Version(commit.Tenant, stream.Id) != version && mutant is not Mutant.VersionsUnchecked) return new CommitResult.StreamMovedOn(stream);

        foreach (var claim in commit.Claims)
            if (claims.TryGetValue((claim.Scope ?? commit.Tenant, claim.Kind, claim.Value), out var owner) && owner != claim.Owner.Id) return new CommitResult.ClaimTaken(claim);

        if (commit.Idempotency is { IsFirst: true } record && keys.TryGetValue(record.Key, out var known)
            && (known.Record.KeptForEver || known.At > at - Duration.FromHours(24))) return new CommitResult.KeyKnown();

        if (commit.Completes is { } done && (mutant is Mutant.CompletionByAnybody ? !Messages.ContainsKey(done.Id) : Leased(done) is null))
            return new CommitResult.MessageLost();

        if (commit.Checkpoint is { } move)
        {
            if (Places.GetValueOrDefault(move.Name) != move.From && mutant is not Mutant.CheckpointFromAnywhere) return new CommitResult.CheckpointLost();
            if (Epoch(move) != move.Epoch && mutant is not Mutant.LeaseWithoutEpoch) return new CommitResult.CheckpointLost();
        }

        return null;
    }

    private (List<long>, List<long?>) Append(Commit commit, Instant at)
    {
        foreach (var (stream, version, events) in commit.Streams)
            if (events > 0) streams[(commit.Tenant, stream.Id)] = version + events;

        var drawn = commit.Events.Select(one => one.Event is INumberedEvent numbered
            ? numbers[(commit.Tenant, numbered.Series)] = numbers.GetValueOrDefault((commit.Tenant, numbered.Series)) + 1 : (long?)null).ToList();
        var positions = new long[commit.Events.Count];
        foreach (var (i, one) in commit.Events.Index().GroupBy(one => one.Item.Stream).SelectMany(own => own))
        {
            var number = drawn[i];
            Log.Add((new(Log.Count + 1, one.Id, commit.Tenant, one.Stream, one.Version, EventTypes.SnakeCase(one.Event.GetType().Name), one.Event, commit.Headers!,
                commit.CorrelationId, commit.CausationId, at), number));
            history?.Appended(Log[^1].Event);
            positions[i] = Log.Count;
        }

        return ([.. positions], drawn);
    }

    private void WriteClaims(Commit commit)
    {
        foreach (var claim in commit.Releases)
            if (claims.TryGetValue((claim.Scope ?? commit.Tenant, claim.Kind, claim.Value), out var owner) && owner == claim.Owner.Id)
                _ = claims.Remove((claim.Scope ?? commit.Tenant, claim.Kind, claim.Value));
        foreach (var claim in commit.Claims) _ = claims.TryAdd((claim.Scope ?? commit.Tenant, claim.Kind, claim.Value), claim.Owner.Id);
    }

    private void WriteKey(Commit commit, Instant at)
    {
        if (commit.Idempotency is { } record) keys[record.Key] = (record, at);
    }

    private void MoveClock(Commit commit, Instant at)
    {
        if (commit.ClockTo is not { } to) return;
        clocks[commit.Tenant] = clocks.TryGetValue(commit.Tenant, out var before) ? Instant.Max(before, to) : to;
        foreach (var row in Messages.Values)
            if (row.Tenant == commit.Tenant && row.Message.NotBefore <= to && row.RunAt == Instant.MaxValue) row.RunAt = at;
    }

    private void Complete(Commit commit)
    {
        if (commit.Completes is not { } done) return;
        var row = Messages.GetValueOrDefault(done.Id) ?? throw new UnreachableException();
        history?.Completed(row, done, Messages.Values);
        _ = Messages.Remove(row.Id);
        FreeNext(row);
    }

    private void FreeNext(MessageRow gone)
    {
        if (gone.OrderKey is null) return;
        var waiting = Messages.Values.Where(one => one.IsBlocked && one.Tenant == gone.Tenant && one.OrderKey == gone.OrderKey).OrderBy(one => one.Sequence);
        foreach (var one in mutant is Mutant.OrderFreesAll ? waiting : waiting.Take(1)) one.IsBlocked = false;
    }

    private bool IsWaitedFor(NewMessage message) => message.OrderKey is not null
        && Messages.Values.Any(one => one.Tenant == message.Tenant && one.OrderKey == message.OrderKey);

    private void Send(List<Commit> standing, Instant at)
    {
        var sends = standing.Where(one => mutant is not Mutant.SendsForgotten || one.Checkpoint is null).SelectMany(one => one.Sends).ToList();
        var blocked = sends.Select((one, i) => IsWaitedFor(one) || (one.OrderKey is not null
            && sends.Take(i).Any(other => other.Tenant == one.Tenant && other.OrderKey == one.OrderKey))).ToList();
        foreach (var (one, isBlocked) in sends.Zip(blocked))
        {
            sequence++;
            if (Messages.ContainsKey(one.Id)) continue;
            Messages.Add(one.Id, new(one, sequence) { IsBlocked = isBlocked, RunAt = RunAt(one, at) });
            history?.Sent(one);
        }
    }

    private Instant RunAt(NewMessage message, Instant at)
    {
        var hasClock = clocks.TryGetValue(message.Tenant, out var now);
        if (message.NotBefore is not { } due || (hasClock && due <= now)) return at;
        return hasClock ? Instant.MaxValue : Instant.Max(due, at);
    }
}
