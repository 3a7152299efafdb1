using Ledger.EventStore.Streams;

namespace Ledger.EventStore.Tests.Streams;

public sealed class HotStatesTests
{
    [Fact]
    public void It_never_keeps_more_than_it_may_and_forgets_what_was_used_longest_ago()
    {
        var hot = new HotStates(statesMax: 100);
        var ids = Enumerable.Range(0, 1000).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids)
        {
            hot.Keep("t", Counter.Stream(id), id, 1);
            hot.TryGet("t", Counter.Stream(ids[0]), out _, out _).ShouldBeTrue("What is used stays.");
        }

        ids.Count(id => hot.TryGet("t", Counter.Stream(id), out _, out _)).ShouldBeInRange(25, 100);
        hot.TryGet("t", Counter.Stream(ids[^1]), out var state, out var version).ShouldBeTrue();
        (state, version).ShouldBe((ids[^1], 1));
        hot.TryGet("t", Counter.Stream(ids[1]), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_bounded_whoever_writes_at_once()
    {
        var hot = new HotStates(statesMax: 100);
        var ids = Enumerable.Range(0, 4000).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(ids.Chunk(500).Select(some => Task.Run(() =>
        {
            foreach (var id in some) hot.Keep("t", Counter.Stream(id), id, 1);
        })));
        ids.Count(id => hot.TryGet("t", Counter.Stream(id), out _, out _)).ShouldBeInRange(1, 108);
    }

    [Fact]
    public void The_newer_of_two_is_kept()
    {
        var (hot, id) = (new HotStates(), Counter.Stream(Guid.CreateVersion7()));
        hot.Keep("t", id, "new", 2);
        hot.Keep("t", id, "old", 1);
        hot.TryGet("t", id, out var state, out _).ShouldBeTrue();
        state.ShouldBe("new");
        hot.TryGet("other", id, out _, out _).ShouldBeFalse();
        hot.Forget("t", id);
        hot.TryGet("t", id, out _, out _).ShouldBeFalse();
    }
}
