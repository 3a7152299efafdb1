namespace Ledger.EventStore.Tests.Checking;

/// <summary>
/// Goes through the log event by event. At the place of each commit it must have been right: its versions the newest, its
/// claims free, its decision the one that the states lead to. A refusal must have been right at some moment of its time.
/// </summary>
internal sealed class Walk(History history, IReadOnlyList<StoredEvent> log)
{
    private readonly List<string> findings = [];
    private readonly Replay states = new();
    private readonly Dictionary<string, StreamId> owners = [];
    private readonly List<Asked> waiting = [];

    public async Task<IReadOnlyList<string>> Findings()
    {
        var commits = history.Commits.Where(one => one.Result is CommitResult.Committed && one.Commit.Events.Count > 0)
            .ToLookup(one => ((CommitResult.Committed)one.Result!).Positions[0]);
        var commands = history.Commands.Where(one => one.Outcome.Events.Count > 0)
            .ToLookup(one => one.Outcome.Position - one.Outcome.Events.Count + 1);
        var refused = history.Commands.Where(one => one.Outcome.Events.Count == 0).ToLookup(one => one.Before);
        var moved = history.Commits.Where(one => one.Result is CommitResult.StreamMovedOn && one.After < long.MaxValue).ToList();

        for (var position = 0; position <= log.Count; position++)
        {
            if (position > 0) states.Apply(log[position - 1]);
            waiting.AddRange(refused[position]);
            foreach (var one in waiting.ToList()) await Look(one, position);
            foreach (var one in commits[position + 1]) Check(one.Commit, position + 1);
            foreach (var one in commands[position + 1]) await Check(one, position + 1);
        }

        foreach (var one in waiting) findings.Add($"A refusal was told of a log of {one.Before} that ends at {log.Count}.");
        foreach (var one in moved) CheckMoved(one);
        return findings;
    }

    private void Check(Commit commit, long position)
    {
        foreach (var (stream, version, events) in commit.Streams)
            if (states[stream].Version != version)
                findings.Add($"The commit at {position} {(events == 0 ? "looked at" : "wrote")} version {version} of what had {states[stream].Version}.");
        Check(commit.Claims, commit.Releases, position);
    }

    private async Task Check(Asked one, long position)
    {
        var decision = await one.Command.Decide(states);
        var given = one.Outcome.Events;
        if (decision.Events.Count != given.Count || !decision.Events.Zip(given).All(pair => IsSame(pair.First.Event, pair.Second.Event)))
            findings.Add($"{one.Command} at {position} led to {string.Join(", ", given)}; by then it would not.");
        Check(decision.Claims, decision.Releases, position);
    }

    private void Check(IReadOnlyList<Claim> claims, IReadOnlyList<Claim> releases, long position)
    {
        foreach (var claim in claims)
            if (IsTaken(claim)) findings.Add($"The commit at {position} took {claim.Value}, which was another's.");
        foreach (var claim in releases)
            if (owners.TryGetValue(claim.Value, out var owner) && owner == claim.Owner) _ = owners.Remove(claim.Value);
        foreach (var claim in claims) owners[claim.Value] = claim.Owner;
    }

    /// <summary>Whether the refusal, or that nothing was to be done, is right now.</summary>
    private async Task Look(Asked one, long position)
    {
        var decision = await one.Command.Decide(states);
        var told = one.Outcome.Rejection;
        var isRight = decision.Rejection?.Code == told?.Code && decision.Events.Count == 0;
        if (isRight || (told is not null && decision.Claims.Any(claim => claim.IfTaken == told && IsTaken(claim)))) _ = waiting.Remove(one);
        else if (position >= one.After)
        {
            _ = waiting.Remove(one);
            findings.Add($"{one.Command} was told {told?.Code ?? "nothing"}, which was not so from {one.Before} to {one.After}.");
        }
    }

    /// <summary>Versions only grow: one that was right before and after was right.</summary>
    private void CheckMoved(Written one)
    {
        bool IsRight(long at) => one.Commit.Streams.All(
            expected => log.Take((int)at).Count(happened => happened.Stream == expected.Stream) == expected.Version);
        if (IsRight(one.Before) && IsRight(one.After))
            findings.Add($"A commit was told that a stream had moved on, which none had from {one.Before} to {one.After}.");
    }

    private bool IsTaken(Claim claim) => owners.TryGetValue(claim.Value, out var owner) && owner != claim.Owner;

    private static bool IsSame(IEvent decided, IEvent stored) => (decided, stored) switch
    {
        (ReceiptIssued one, ReceiptIssued numbered) => one.Text == numbered.Text,
        _ => decided.Equals(stored),
    };
}
