using Ledger.EventStore.Verification;

namespace Ledger.EventStore.Tests.Verification;

/// <summary>Somebody with every right changes the tables behind the ledger's back; the verifier names the place.</summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private const string Opened = "counter_opened", Added = "counter_added";
    private StoreFixture store = null!;
    private Guid one, two;

    /// <summary>
    /// Blocks of one event: 1 and 2 open the counters, 3 to 8 add to each in turn. Then a block of four: 9 to 12.
    /// </summary>
    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        (one, two) = (await store.Opened(), await store.Opened());
        for (var n = 0; n < 6; n++) _ = await store.Handle(new AddToCounter(n % 2 == 0 ? one : two, n + 1));
        var last = store.Write(one, 4, new CounterAdded(1), new CounterAdded(2), new CounterAdded(3), new CounterAdded(4));
        _ = await store.GroupCommit.Commit(last with { CorrelationId = "c", CausationId = "d" });
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_log_as_it_was_written_is_intact()
    {
        var seen = new List<(long, long)>();
        var report = await new LogVerifier(store.Database).Verify(new Each(seen), null, CancellationToken.None);

        report.Findings.ShouldBeEmpty();
        (report.IsIntact, report.Events, report.Head.Position).ShouldBe((true, 12, 12));
        report.CannotExclude.ShouldNotBeNull().ShouldContain("last blocks");
        seen.ShouldBe([(12, 12)]);
    }

    [Fact]
    public async Task An_empty_log_is_intact()
    {
        await using var empty = await StoreFixture.Create();
        var report = await new LogVerifier(empty.Database).Verify(null, null, CancellationToken.None);
        (report.IsIntact, report.Events, report.Head).ShouldBe((true, 0, LogHead.Empty));
    }

    [Fact]
    public async Task A_log_that_grows_meanwhile_is_intact()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 40).Select(_ => store.Opened(5)));
        for (var n = 0; n < 5; n++) (await Verify()).ShouldBeEmpty();
        _ = await writing;
        (await Verify()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_archived_as_Marten_does_is_not_altered()
    {
        _ = await store.Sql("update public.mt_events set is_archived = true where seq_id = 4");
        (await Verify()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("id = gen_random_uuid()")]
    [InlineData("data = data || '{\"amount\": 500}'")]
    [InlineData("data = data || '{\"note\": 1}'")]
    [InlineData("bdata = '\\x01'")]
    [InlineData("type = 'counter_added_'")]
    [InlineData("timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("timestamp = 'infinity'")]
    [InlineData("timestamp = '-infinity'")]
    [InlineData("mt_dotnet_type = null")]
    [InlineData("correlation_id = 'x'")]
    [InlineData("causation_id = null")]
    [InlineData("headers = headers || '{\"actor_id\": \"somebody\"}'")]
    [InlineData("headers = null")]
    [InlineData("headers = headers || '{\"effective_at\": \"never\"}'")]
    [InlineData("user_name = 'somebody'")]
    [InlineData("version = 99")]
    public async Task An_event_that_was_edited_is_named(string change)
    {
        await store.Tamper($"update public.mt_events set {change} where seq_id = 10");
        await ShouldFind(FindingKind.Altered, 10, one);
    }

    [Theory]
    [InlineData("stream_id = gen_random_uuid()")]
    [InlineData("tenant_id = 'denmark'")]
    [InlineData("tenant_id = null")]
    [InlineData("stream_id = null")]
    public async Task An_event_that_was_taken_from_its_stream_is_named(string change)
    {
        await store.Tamper($"update public.mt_events set {change} where seq_id = 10");
        var first = (await Verify()).First(found => found.Position == 10);
        (first.Kind, first.EventType).ShouldBe((FindingKind.StreamAltered, Added));
    }

    [Fact]
    public async Task An_event_given_to_another_stream_is_named()
    {
        await store.Tamper($"update public.mt_events set stream_id = '{two}', version = 5 where seq_id = 12");
        (await Verify()).ShouldContain(found => found.Kind == FindingKind.Altered && found.Position == 12 && found.Stream == two);
    }

    [Theory]
    [InlineData("seq_id = 5", 5, "The event is gone.")]
    [InlineData("seq_id = 12", 12, "The event is gone.")]
    [InlineData("seq_id = 1", 1, "The event is gone.")]
    [InlineData("seq_id between 4 and 9", 4, "The events from here to position 9 are gone.")]
    public async Task An_event_that_was_removed_is_named(string which, long position, string detail)
    {
        await store.Tamper($"delete from public.mt_events where {which}");
        var first = (await Verify())[0];
        (first.Kind, first.Position, first.Detail).ShouldBe((FindingKind.Removed, position, detail));
        (first.EventType, first.Stream).ShouldBe((position == 1 ? Opened : Added, position == 4 ? two : one));
    }

    [Fact]
    public async Task All_events_removed_are_named()
    {
        await store.Tamper("delete from public.mt_events");
        await ShouldFind(FindingKind.Removed, 1, one, Opened);
    }

    [Fact]
    public async Task An_event_put_in_after_the_end_is_named()
    {
        await store.Tamper(Copy("seq_id = 13, version = 9, id = gen_random_uuid()", 12));
        await ShouldFind(FindingKind.PutIn, 13, one);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-7L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task An_event_put_in_where_no_position_can_be_is_named(long position)
    {
        await store.Tamper(Copy($"seq_id = {position}, version = 9, id = gen_random_uuid()", 12));
        await ShouldFind(FindingKind.PutIn, position, one);
    }

    [Fact]
    public async Task An_event_put_in_between_is_named_and_those_that_made_room_are_moved()
    {
        await store.Tamper($"""
            update public.mt_events set seq_id = -seq_id where seq_id >= 6;
            update public.mt_events set seq_id = 1 - seq_id where seq_id < 0;
            {Copy("seq_id = 6, version = 9, id = gen_random_uuid()", 5)}
            """);
        var findings = await Verify();
        (findings[0].Kind, findings[0].Position).ShouldBe((FindingKind.PutIn, 6));
        findings.Where(found => found.Kind == FindingKind.Moved).Select(found => found.Position).ShouldBe([7, 8, 9, 10, 11, 12, 13]);
    }

    [Fact]
    public async Task Two_events_that_changed_places_are_named()
    {
        await store.Tamper("""
            update public.mt_events set seq_id = -1 where seq_id = 4;
            update public.mt_events set seq_id = 4 where seq_id = 7;
            update public.mt_events set seq_id = 7 where seq_id = -1
            """);
        var findings = await Verify();
        findings[0].ShouldBe(new(FindingKind.Moved, 4, Added, one, "The event was written at position 7."));
        findings.ShouldContain(new Finding(FindingKind.Moved, 7, Added, two, "The event was written at position 4."));
    }

    [Fact]
    public async Task Two_events_that_changed_places_in_log_and_stream_are_named()
    {
        await store.Tamper("""
            update public.mt_events set seq_id = -1, version = -1 where seq_id = 10;
            update public.mt_events set seq_id = 10, version = 6 where seq_id = 11;
            update public.mt_events set seq_id = 11, version = 7 where seq_id = -1
            """);
        (await Verify()).Where(found => found.Kind == FindingKind.Moved).Select(found => found.Position).ShouldBe([10, 11]);
    }

    [Fact]
    public async Task An_event_moved_to_the_end_is_named_where_it_was_and_where_it_is()
    {
        await store.Tamper("update public.mt_events set seq_id = 13 where seq_id = 4");
        var moved = (await Verify()).Where(found => found.Kind == FindingKind.Moved).ToList();
        moved.Select(found => found.Position).ShouldBe([4, 13]);
        moved[0].Detail.ShouldBe("The event now stands at position 13.");
    }

    [Theory]
    [InlineData("recorded_at = recorded_at + interval '1 day'")]
    [InlineData("recorded_at = 'infinity'")]
    [InlineData("hash = sha256('')")]
    [InlineData("hash = ''")]
    [InlineData("previous = sha256('')")]
    [InlineData("digests = overlay(digests placing '\\x00' from 40)")]
    public async Task A_block_that_was_edited_is_named(string change)
    {
        await store.Tamper($"update ledger.blocks set {change} where last_position = 12");
        var first = (await Verify())[0];
        (first.Kind, first.Position).ShouldBe((FindingKind.BlockAltered, 9));
    }

    [Theory]
    [InlineData("first_position = 8")]
    [InlineData("first_position = null")]
    [InlineData("first_position = -9223372036854775808")]
    [InlineData("digests = ''")]
    [InlineData("digests = null, hash = null, previous = null, recorded_at = null")]
    [InlineData("digests = substring(digests from 1 for 50)")]
    [InlineData("digests = digests || digests")]
    [InlineData("last_position = 9223372036854775807")]
    public async Task A_block_that_makes_no_sense_is_named(string change)
    {
        await store.Tamper($"""
            alter table ledger.blocks alter first_position drop not null, alter digests drop not null, alter hash drop not null,
                alter previous drop not null, alter recorded_at drop not null;
            update ledger.blocks set {change} where last_position = 12
            """);
        (await Verify()).ShouldContain(found => found.Kind == FindingKind.BlockAltered);
    }

    [Fact]
    public async Task A_block_that_was_written_anew_does_not_fit_the_next()
    {
        await store.Tamper("""
            update public.mt_events set data = data || '{"amount": 500}' where seq_id = 5;
            update ledger.blocks b set digests = ledger.event_digest(e.seq_id, e.id, e.stream_id, e.version, e.data::text, e.bdata,
                    e.type, e.timestamp, e.tenant_id, e.mt_dotnet_type, e.correlation_id, e.causation_id, e.headers::text, e.user_name, 'counter')
                from public.mt_events e where e.seq_id = 5 and b.last_position = 5;
            update ledger.blocks set hash = ledger.block_hash(first_position, last_position, recorded_at, digests, previous)
                where last_position = 5
            """);
        var found = (await Verify()).ShouldHaveSingleItem();
        (found.Kind, found.Position, found.Detail).ShouldBe(
            (FindingKind.BlockAltered, 6, "The block to position 6 does not follow from the one before."));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task A_block_that_was_removed_is_named(long position)
    {
        await store.Tamper($"delete from ledger.blocks where last_position = {position}");
        var first = (await Verify())[0];
        (first.Kind, first.Position).ShouldBe((FindingKind.BlockRemoved, position));
    }

    [Fact]
    public async Task The_last_block_removed_leaves_events_that_nothing_vouches_for()
    {
        await store.Tamper("delete from ledger.blocks where last_position = 12");
        await ShouldFind(FindingKind.PutIn, 9, one);
    }

    [Theory]
    [InlineData("version = 7", null)]
    [InlineData("version = 2", 6L)]
    [InlineData("version = null", 2L)]
    [InlineData("type = 'customer'", 2L)]
    [InlineData("type = null", 2L)]
    public async Task A_stream_that_was_edited_is_named(string change, long? position)
    {
        await store.Tamper($"update public.mt_streams set {change} where id = '{two}'");
        var first = (await Verify())[0];
        (first.Kind, first.Position, first.Stream).ShouldBe((FindingKind.StreamAltered, position, two));
    }

    [Fact]
    public async Task A_stream_that_was_removed_is_named()
    {
        await store.Tamper($"delete from public.mt_streams where id = '{two}'");
        await ShouldFind(FindingKind.StreamAltered, 2, two, Opened);
    }

    [Fact]
    public async Task A_stream_without_events_is_named()
    {
        await store.Tamper("insert into public.mt_streams (tenant_id, id, type, version) values ('iceland', gen_random_uuid(), 'counter', 0)");
        var found = (await Verify()).ShouldHaveSingleItem();
        (found.Kind, found.Position, found.Detail).ShouldBe((FindingKind.StreamAltered, null, "The stream has no events."));
    }

    [Theory]
    [InlineData("update ledger.event_index set actor = 'somebody' where position = 7")]
    [InlineData("update ledger.event_index set type = 'counter_closed' where position = 7")]
    [InlineData("update ledger.event_index set stream_id = gen_random_uuid() where position = 7")]
    [InlineData("update ledger.event_index set effective_at = effective_at + interval '1 microsecond' where position = 7")]
    [InlineData("update ledger.event_index set effective_at = 'infinity' where position = 7")]
    [InlineData("update ledger.event_index set tenant_id = 'denmark' where position = 7")]
    [InlineData("delete from ledger.event_index where position = 7")]
    [InlineData("insert into ledger.event_index select 'denmark', position, stream_id, type, actor, effective_at from ledger.event_index where position = 7")]
    public async Task A_row_of_the_index_that_was_tampered_with_is_named(string tampering)
    {
        await store.Tamper(tampering);
        var first = (await Verify())[0];
        (first.Kind, first.Position, first.EventType).ShouldBe((FindingKind.IndexAltered, 7, Added));
    }

    [Fact]
    public async Task Of_many_findings_the_first_are_told()
    {
        _ = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => store.Opened(1)));
        await store.Tamper("update public.mt_events set user_name = 'somebody' where seq_id > 5");
        var report = await new LogVerifier(store.Database).Verify(null, null, CancellationToken.None);

        report.Findings.Select(found => found.Position).ShouldBe(Enumerable.Range(6, 20).Select(n => (long?)n));
        report.FindingsInAll.ShouldBe(127);
        report.Findings[0].ToString().ShouldStartWith($"Altered at position 6, counter_added, stream {two}: ");
    }

    [Fact]
    public async Task Pages_do_not_change_what_is_found()
    {
        await store.Tamper("""
            insert into public.mt_streams (tenant_id, id, type, version, is_archived) select tenant_id, gen_random_uuid(), type, 0, false
                from public.mt_streams, generate_series(1, 10500) limit 10500
            """);
        await store.Tamper("insert into ledger.event_index select 'x', n, gen_random_uuid(), 't', 'a', now() from generate_series(1, 10500) n");
        await store.Tamper(Copy("seq_id = 20 + n, version = 20 + n, id = gen_random_uuid()", 12, ", generate_series(1, 10500) n"));
        var report = await new LogVerifier(store.Database).Verify(null, null, CancellationToken.None);
        (report.Events, report.FindingsInAll).ShouldBe((10_512, 31_501), "Every stream, row and event put in, and the stream that has too many.");
    }

    private static string Copy(string changes, long from, string also = "")
    {
        var set = changes.Split(", ").Select(one => one.Split(" = ")).ToDictionary(one => one[0], one => one[1]);
        string[] columns = ["seq_id", "id", "stream_id", "version", "data", "type", "timestamp", "tenant_id", "mt_dotnet_type", "headers", "user_name"];
        return $"""
            insert into public.mt_events ({string.Join(", ", columns)})
            select {string.Join(", ", columns.Select(one => set.GetValueOrDefault(one, one)))} from public.mt_events{also} where seq_id = {from};
            """;
    }

    private async Task ShouldFind(FindingKind kind, long position, Guid stream, string type = Added)
    {
        var first = (await Verify())[0];
        if (kind is FindingKind.Altered && first.EventType != Added) type = first.EventType!;   // The type itself was edited.
        (first.Kind, first.Position, first.Stream, first.EventType).ShouldBe((kind, position, stream, type));
    }

    private async Task<IReadOnlyList<Finding>> Verify() =>
        (await new LogVerifier(store.Database).Verify(null, null, CancellationToken.None)).Findings;

    private sealed class Each(List<(long, long)> seen) : IProgress<(long, long)>
    {
        public void Report((long, long) value) => seen.Add(value);
    }
}
