namespace Ledger.EventStore.Tests.Commits;

public sealed class ClaimTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_value_that_is_taken_is_refused_as_its_claim_says()
    {
        _ = await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"));
        var second = Guid.CreateVersion7();
        var outcome = await store.Handle(new OpenCounter(second, "lobby"));

        outcome.Rejection.ShouldBe(CounterRejections.NameTaken);
        outcome.State.IsOpen.ShouldBeFalse();
        (await store.Stored(second)).Version.ShouldBe(0);
    }

    [Fact]
    public async Task A_value_that_was_let_go_can_be_taken()
    {
        var first = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(first, "lobby"));
        _ = await store.Handle(new CloseCounter(first));
        (await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"))).Rejection.ShouldBeNull();
    }

    [Fact]
    public async Task Letting_go_of_a_value_that_is_anothers_leaves_it()
    {
        var owner = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(owner, "lobby"));
        var stranger = await store.Opened();
        _ = await store.GroupCommit.Commit(store.Write(stranger, 1, new CounterAdded(1)) with
        {
            Releases = [new("counter.name", "lobby", Counter.Stream(stranger), CounterRejections.NameTaken)],
        });
        (await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"))).Rejection.ShouldBe(CounterRejections.NameTaken);
    }

    [Fact]
    public async Task Its_owner_may_take_it_again()
    {
        var id = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(id, "lobby"));
        var again = await store.GroupCommit.Commit(store.Write(id, 1, new CounterAdded(1)) with
        {
            Claims = [new("counter.name", "lobby", Counter.Stream(id), CounterRejections.NameTaken)],
        });
        _ = again.ShouldBeOfType<CommitResult.Committed>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_lets_go_of_a_value_and_who_wants_it_at_the_same_moment_go_in_the_order_they_came(bool isLetGoFirst)
    {
        var (owner, heir) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _ = await store.Handle(new OpenCounter(owner, "lobby"));
        var held = await store.HoldBatch();
        var others = store.Handle(new OpenCounter(Guid.CreateVersion7()));   // The batch that waits; the next two go after it.
        _ = await store.WaitingBatch();
        var wishes = new Func<Task<CommitResult>>[] { () => LetGo(owner), () => Take(heir) };
        if (!isLetGoFirst) Array.Reverse(wishes);
        var both = wishes.Select(wish => wish()).ToArray();
        await held.DisposeAsync();
        _ = await others;
        var results = await Task.WhenAll(both);

        results.Count(one => one is CommitResult.Committed).ShouldBe(isLetGoFirst ? 2 : 1);
        results[isLetGoFirst ? 0 : 1].ShouldBeOfType<CommitResult.Committed>("To let go is never refused.");
        (await Take(heir, isLetGoFirst ? 1 : 0)).ShouldBeOfType<CommitResult.Committed>();
    }

    [Fact]
    public async Task One_commit_cannot_hand_a_value_from_one_stream_to_another()
    {
        var (owner, heir) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        _ = await store.Handle(new OpenCounter(owner, "lobby"));
        var handing = store.Write(owner, 1, new CounterAdded(1)) with { Releases = [Lobby(owner)], Claims = [Lobby(heir)] };
        (await store.GroupCommit.Commit(handing)).ShouldBeOfType<CommitResult.ClaimTaken>();
        (await store.Stored(owner)).Version.ShouldBe(1);
        (await Take(Guid.CreateVersion7())).ShouldBeOfType<CommitResult.ClaimTaken>("It is still its owner's.");
    }

    [Fact]
    public async Task Who_lets_go_and_takes_again_in_one_commit_keeps_it()
    {
        var owner = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(owner, "lobby"));
        var again = store.Write(owner, 1, new CounterAdded(1)) with { Releases = [Lobby(owner)], Claims = [Lobby(owner)] };
        (await store.GroupCommit.Commit(again)).ShouldBeOfType<CommitResult.Committed>();
        (await Take(Guid.CreateVersion7())).ShouldBeOfType<CommitResult.ClaimTaken>();
    }

    [Fact]
    public async Task Another_tenant_has_values_of_its_own()
    {
        _ = await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"));
        (await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"), StoreFixture.Context(StoreFixture.OtherTenant))).Rejection.ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_who_want_a_value_at_once_one_gets_it()
    {
        await using var other = store.AnotherProcess();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            n => (n % 2 == 0 ? store : other).Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"))));
        outcomes.Count(one => one.Rejection is null).ShouldBe(1);
        (await store.Count("select count(*) from public.mt_events")).ShouldBe(1);
    }

    private static Claim Lobby(Guid id) => new("counter.name", "lobby", Counter.Stream(id), CounterRejections.NameTaken);

    private Task<CommitResult> LetGo(Guid id) => store.GroupCommit.Commit(store.Write(id, 1, new CounterAdded(1)) with { Releases = [Lobby(id)] });

    private Task<CommitResult> Take(Guid id, long version = 0) => store.GroupCommit.Commit(store.Write(id, version, new CounterAdded(1)) with { Claims = [Lobby(id)] });
}
