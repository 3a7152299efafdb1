using System.Text;
using Ledger.EventStore.Idempotency;
using Npgsql;

namespace Ledger.EventStore.Tests.Idempotency;

public sealed class KnownRequestsTests : IAsyncLifetime
{
    private StoreFixture store = null!;
    private Guid id;

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        id = await store.Opened();
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_writes_nothing()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k"), Answer);
        _ = await store.Handle(new AddToCounter(id, 100));

        var known = await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k"));
        (known.Kind, known.Stream, known.Answer!.Status).ShouldBe((KnownRequestKind.Answered, id, 201));
        Encoding.UTF8.GetString(known.Answer.Body).ShouldBe("total 5");
        (await store.Stored(id)).State.Total.ShouldBe(105);
    }

    [Fact]
    public async Task A_repeat_that_says_which_version_it_saw_gets_the_first_answer_too()
    {
        var context = StoreFixture.Asked("k") with { ExpectedVersion = 1 };
        _ = await store.Handle(new AddToCounter(id, 5), context, Answer);
        (await Repeat(new AddToCounter(id, 5), context)).Kind.ShouldBe(KnownRequestKind.Answered);
    }

    [Fact]
    public async Task What_was_so_already_is_answered_the_same_again_though_it_wrote_nothing()
    {
        _ = await store.Handle(new AddToCounter(id, 5));
        var first = await store.Handle(new AddToCounter(id, 0), StoreFixture.Asked("k"), Answer);
        first.Events.ShouldBeEmpty();
        _ = await store.Handle(new AddToCounter(id, 100));

        // The answer was lost on its way; by now another would be given.
        var known = await Repeat(new AddToCounter(id, 0), StoreFixture.Asked("k"));
        (known.Kind, known.Answer!.Status).ShouldBe((KnownRequestKind.Answered, 201));
        Encoding.UTF8.GetString(known.Answer.Body).ShouldBe("total 5");
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_told_apart()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k", "five"), Answer);
        var known = await Repeat(new AddToCounter(id, 6), StoreFixture.Asked("k", "six"));
        (known.Kind, known.Answer).ShouldBe((KnownRequestKind.OtherContent, null));
    }

    [Fact]
    public async Task Another_caller_has_keys_of_its_own()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k"), Answer);
        var other = StoreFixture.Context() with { Request = new(new(StoreFixture.Tenant, "another_caller", "k"), [1]) };
        (await store.Handle(new AddToCounter(id, 5), other, Answer)).State.Total.ShouldBe(10);
    }

    [Fact]
    public async Task Of_the_same_request_many_times_at_once_one_is_done()
    {
        await using var other = store.AnotherProcess();
        var kinds = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            try
            {
                _ = await (n % 2 == 0 ? store : other).Handle(new AddToCounter(id, 5), StoreFixture.Asked("k"), Answer);
                return (KnownRequestKind?)null;
            }
            catch (RequestKnownException e) { return e.Known.Kind; }
        }));

        kinds.Count(kind => kind is null).ShouldBe(1);
        kinds.Count(kind => kind is KnownRequestKind.Answered).ShouldBe(19);
        (await store.Stored(id)).State.Total.ShouldBe(5);
    }

    [Fact]
    public async Task A_refusal_is_stored_and_given_again_when_it_would_no_longer_be_one()
    {
        var refused = await store.Handle(new AddToCounter(id, 5000), StoreFixture.Asked("k"), Answer);
        refused.Rejection.ShouldBe(CounterRejections.Full);

        var known = await Repeat(new AddToCounter(id, 1), StoreFixture.Asked("k"));
        (known.Kind, known.Answer!.Status).ShouldBe((KnownRequestKind.Answered, 422));
    }

    [Fact]
    public async Task A_claim_that_is_taken_is_a_refusal_that_is_stored()
    {
        _ = await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"));
        _ = await store.Handle(new OpenCounter(Guid.CreateVersion7(), "lobby"), StoreFixture.Asked("k"), Answer);
        (await Repeat(new OpenCounter(Guid.CreateVersion7(), "lobby"), StoreFixture.Asked("k"))).Answer!.Status.ShouldBe(422);
    }

    [Fact]
    public async Task An_operation_that_is_not_done_yet_is_pending_until_it_is_ended()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k"));
        var pending = await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k"));
        (pending.Kind, pending.Stream, pending.Answer).ShouldBe((KnownRequestKind.Pending, id, null));

        await store.Handler.End(StoreFixture.Asked("k"), new(200, "done"u8.ToArray()), CancellationToken.None);
        var known = await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k"));
        (known.Kind, known.Stream).ShouldBe((KnownRequestKind.Answered, id));
        known.Answer!.Body.ShouldBe("done"u8.ToArray());
    }

    [Fact]
    public async Task An_answer_tells_of_the_numbers_that_were_drawn()
    {
        _ = await store.Handle(
            new IssueReceipts(id, "one"), StoreFixture.Asked("k"), outcome => new(201, Encoding.UTF8.GetBytes(string.Join(',', outcome.State.Receipts))));
        var known = await Repeat(new IssueReceipts(id, "one"), StoreFixture.Asked("k"));
        (known.Stream, Encoding.UTF8.GetString(known.Answer!.Body)).ShouldBe((id, "1,2"));
    }

    [Fact]
    public async Task After_24_hours_a_key_can_be_used_anew()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k"), Answer);
        await Age("23 hours 59 minutes");
        (await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k"))).Kind.ShouldBe(KnownRequestKind.Answered);
        await Age("24 hours 1 second");
        (await store.Handle(new AddToCounter(id, 6), StoreFixture.Asked("k", "six"), Answer)).State.Total.ShouldBe(11);
        (await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k"))).Kind.ShouldBe(KnownRequestKind.OtherContent);
    }

    [Fact]
    public async Task What_moves_money_is_known_for_ever_and_its_answer_for_24_hours()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k", keptForEver: true), Answer);
        _ = await store.Handle(new AddToCounter(id, 6), StoreFixture.Asked("l"), Answer);
        await Age("25 hours");
        (await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k", keptForEver: true))).Kind.ShouldBe(KnownRequestKind.Answered);

        (await store.Requests.Forget(CancellationToken.None)).ShouldBe(2);
        (await Repeat(new AddToCounter(id, 5), StoreFixture.Asked("k", keptForEver: true)))
            .ShouldBe(new(KnownRequestKind.AnswerForgotten, id, null));
        (await store.Count("select count(*) from ledger.idempotency")).ShouldBe(1);
        (await store.Requests.Forget(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_repeat_whose_batch_fails_is_not_known()
    {
        var bad = Should.ThrowAsync<PostgresException>(store.Handle(new RenameCounter(id, "\0"), StoreFixture.Asked("k"), Answer));
        _ = await bad;
        (await store.Requests.Find(StoreFixture.Asked("k").Request!, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Answers_are_sealed()
    {
        _ = await store.Handle(new AddToCounter(id, 5), StoreFixture.Asked("k"), Answer);
        (await store.Count("select count(*) from ledger.idempotency where position('total'::bytea in body) > 0")).ShouldBe(0);
    }

    private static StoredAnswer Answer(Outcome<Counter> outcome) => new(
        outcome.Rejection is null ? 201 : 422, Encoding.UTF8.GetBytes($"total {outcome.State.Total}"));

    private async Task<KnownRequest> Repeat(ICommand<Counter, CounterEvent> command, CommandContext context) =>
        (await Should.ThrowAsync<RequestKnownException>(store.Handle(command, context, Answer))).Known;

    private async Task Age(string age) => _ = await store.Sql($"update ledger.idempotency set created_at = now() - interval '{age}'");
}
