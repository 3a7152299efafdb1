namespace Ledger.EventStore.Tests;

/// <summary>What is kept for a moment: how long, how much, and who looks.</summary>
public class KeptTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 12, 0);
    private readonly Kept<string, int> kept = new(3, Duration.FromSeconds(2));
    private int looks;

    [Fact]
    public async Task It_is_looked_for_once_until_it_is_too_old()
    {
        (await Get("a", Now)).ShouldBe(1);
        (await Get("a", Now + Duration.FromSeconds(2) - Duration.Epsilon)).ShouldBe(1);
        (await Get("a", Now + Duration.FromSeconds(2))).ShouldBe(2);
        (await Get("b", Now)).ShouldBe(3);
    }

    [Fact]
    public async Task There_are_never_more_than_so_many()
    {
        foreach (var key in new[] { "a", "b", "c", "a", "d" }) _ = await Get(key, Now);
        looks.ShouldBe(4);
        new[] { "a", "b", "c", "d" }.Count(key => kept.TryGet(key, Now, out _)).ShouldBe(1);
    }

    [Fact]
    public async Task However_many_ask_at_once_one_looks()
    {
        var end = new TaskCompletionSource<int>();
        var all = Enumerable.Range(0, 20).Select(_ => kept.Get("a", Now, key => { looks += key.Length; return end.Task; }, default).AsTask()).ToList();
        end.SetResult(7);
        (await Task.WhenAll(all)).ShouldAllBe(value => value == 7);
        looks.ShouldBe(1);
    }

    [Fact]
    public async Task One_who_goes_away_takes_nothing_from_the_others()
    {
        var end = new TaskCompletionSource<int>();
        using var gone = new CancellationTokenSource();
        var first = kept.Get("a", Now, _ => end.Task, gone.Token).AsTask();
        var second = kept.Get("a", Now, _ => throw new InvalidOperationException(), default).AsTask();
        await gone.CancelAsync();
        _ = await Should.ThrowAsync<OperationCanceledException>(first);
        end.SetResult(7);
        (await second).ShouldBe(7);
    }

    [Fact]
    public async Task What_is_forgotten_while_somebody_looks_is_not_kept()
    {
        var end = new TaskCompletionSource<int>();
        var old = kept.Get("a", Now, _ => end.Task, default).AsTask();
        kept.Forget("a");
        (await Get("a", Now)).ShouldBe(1);
        kept.Forget("a");
        end.SetResult(7);
        (await old).ShouldBe(7);
        kept.TryGet("a", Now, out _).ShouldBeFalse();
        (await Get("a", Now)).ShouldBe(2);
    }

    [Fact]
    public async Task A_look_that_failed_is_not_kept()
    {
        _ = await Should.ThrowAsync<InvalidOperationException>(kept.Get("a", Now, _ => throw new InvalidOperationException(), default).AsTask());
        (await Get("a", Now)).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_known_before_is_there_to_go_on_from()
    {
        _ = await Get("a", Now);
        kept.TryGet("a", Now + Duration.FromHours(1), out _).ShouldBeFalse();
        kept.TryGetOld("a", out var old).ShouldBeTrue();
        old.ShouldBe(1);
        kept.TryGetOld("b", out _).ShouldBeFalse();
    }

    private ValueTask<int> Get(string key, Instant now) => kept.Get(key, now, _ => Task.FromResult(Interlocked.Increment(ref looks)), default);
}
