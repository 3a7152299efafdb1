using Ledger.EventStore.Commits;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>The commit that everything else is made of, and the command around it.</summary>
internal sealed class CommitScenario : IScenario
{
    private const int Rounds = 15;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.5);

    public string Name => "commit";

    public string What => "commits of one event, version checked, by 1 to 256 writers on a stream each; against one prepared transaction per commit";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var store = await BenchStore.Create();
        var plain = await PlainStore.Create(store);
        var figures = new List<Figure>();
        await WarmUp(store, plain);
        foreach (var (writers, ratio) in new[] { (1, 0.6), (8, 1.0), (64, 2.5), (256, 3.5) })
        {
            var (ours, theirs, hot) = (new Writers(writers), new Writers(writers), new Writers(writers));
            var (subject, baseline) = await Measure.InTurns(
                () => Measure.PerSecond(writers, Round, writer => Commit(store, ours.Id(writer), ours.Next(writer))),
                () => Measure.PerSecond(writers, Round, writer => plain.Append(theirs.Id(writer), theirs.Next(writer), writer)), Rounds);
            figures.Add(new($"commits, {writers} writers", subject, "/s", baseline, ratio));
            var (command, commit) = await Measure.InTurns(
                () => Measure.PerSecond(writers, Round, async writer => await store.Handler.Handle(new MoveAccount(hot.Id(writer), writer), BenchStore.Context, ct)),
                () => Measure.PerSecond(writers, Round, writer => Commit(store, ours.Id(writer), ours.Next(writer))), Rounds);
            figures.Add(new($"commands on hot streams, {writers} writers, against such commits", command, "/s", commit, 0.9));
        }

        return figures;
    }

    /// <summary>Long enough that the code of both is compiled for good before anything counts.</summary>
    private static async Task WarmUp(BenchStore store, PlainStore plain)
    {
        const int writers = 8;
        var (ours, theirs) = (new Writers(writers), new Writers(writers));
        _ = await Measure.PerSecond(writers, TimeSpan.FromSeconds(5), writer => Commit(store, ours.Id(writer), ours.Next(writer)));
        _ = await Measure.PerSecond(writers, TimeSpan.FromSeconds(3), writer => plain.Append(theirs.Id(writer), theirs.Next(writer), writer));
    }

    private static async Task Commit(BenchStore store, Guid id, long version)
    {
        if (await store.GroupCommit.Commit(store.Append(id, version, 1)) is not CommitResult.Committed) throw new InvalidOperationException("Not committed.");
    }

    private sealed class Writers(int count)
    {
        private readonly Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        private readonly long[] versions = new long[count];

        public Guid Id(int writer) => ids[writer];

        public long Next(int writer) => versions[writer]++;
    }
}
