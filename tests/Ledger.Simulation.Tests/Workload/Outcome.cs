namespace Ledger.Simulation.Tests.Workload;

/// <summary>What must be so once everything has come to rest.</summary>
internal static class Outcome
{
    public static void Check(World world, IReadOnlyList<IPolicy> policies)
    {
        var log = world.Model.Log.Select(one => one.Event).ToList();
        var places = log.ToDictionary(one => one.Id, one => one.Position);
        for (var i = 0; i < log.Count; i++) Must(log[i].Position == i + 1, $"The event at place {i + 1} says {log[i].Position}.");
        foreach (var stream in log.GroupBy(one => (one.Tenant, one.Stream.Id)))
            Must(stream.Select(one => one.Version).SequenceEqual(Enumerable.Range(1, stream.Count()).Select(n => (long)n)), $"The versions of {stream.Key} are not in order.");

        foreach (var (name, rows) in world.Model.Views)
            Must(rows.Values.Sum() == log.Count && log.GroupBy(one => one.Stream.Id).All(stream => rows[stream.Key] == stream.Count()), $"The view {name} has counted wrong.");

        foreach (var wish in world.Wishes) CheckSaid(wish, places);
        foreach (var key in world.Wishes.Where(one => one is { Result: CommitResult.Committed, Commit.Idempotency: not null })
            .GroupBy(one => one.Commit.Idempotency!.Key))
            Must(key.Count() == 1, $"The key {key.Key} was granted {key.Count()} times.");

        var owed = log.Where(one => one.Event is Happened { Wish: not null }).SelectMany(one => policies, (one, policy) => DerivedId.Of(one.Id, $"{policy.Name} 0"));
        foreach (var id in owed) Must(world.History.AllSent.ContainsKey(id), $"A policy has not answered: the message {id} was never sent.");

        foreach (var id in world.History.AllSent.Keys)
            Must(world.History.AllCompleted.Contains(id) != world.Model.Dead.ContainsKey(id), $"The message {id} is neither done nor dead, or both.");
        foreach (var done in log.Select(one => one.Event).OfType<Done>().GroupBy(one => one.Errand))
            Must(done.Count() == 1, $"The errand {done.Key} was done {done.Count()} times.");
    }

    private static void CheckSaid(Wish wish, Dictionary<Guid, long> places)
    {
        var ids = wish.Commit.Events.Select(one => one.Id).ToList();
        var written = ids.Count(places.ContainsKey);
        Must(written == 0 || written == ids.Count, "A commit was written in part.");
        switch (wish.Result)
        {
            case CommitResult.Committed committed:
                Must(written == ids.Count, "A commit was granted, and is not in the log.");
                Must(committed.Positions.SequenceEqual(ids.Select(id => places[id])), "A commit was told other positions than it has.");
                Must(committed.Positions.Zip(committed.Positions.Skip(1)).All(pair => pair.First < pair.Second), "Its positions are out of order.");
                break;
            case { } refused:
                Must(written == 0, $"A commit was refused as {refused}, and is in the log.");
                break;
            case null when wish.IsUnstorable:
                Must(written == 0, "A commit cannot be stored, and is in the log.");
                break;
        }
    }

    private static void Must(bool isSo, string otherwise)
    {
        if (!isSo) throw new Violation(otherwise);
    }
}
